import { Button } from '@douyinfe/semi-ui-19';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Answer, act, newKey } from '../api.ts';
import { useSay } from '../lang.ts';
import { Choice } from '../pieces/choice.tsx';
import { useDo } from '../pieces/do.tsx';
import { Drawn } from '../pieces/drawn.tsx';
import { createEditor, type Editor } from '../pieces/editor.ts';
import { Faulty } from '../pieces/faulty.tsx';
import { Findings } from '../pieces/findings.tsx';
import { Nothing, Page, Part, useRead } from '../pieces/read.tsx';
import { useSession } from '../session.ts';

const KEPT = 'larkcron-workshop';
const FIRST = `card:
  title: 门店日报
  color: blue
  body:
    - markdown: |
        **今日销售额** ¥128,400
        较上周 <font color="green">+6.2%</font>
    - button: { text: 打开看板, url: https://example.com/dashboard }
`;
/** Typing is not followed letter by letter. */
const REST = 350;

export default function Workshop() {
  const say = useSay();
  const { owner } = useSession();
  const [text, setText] = useState(() => localStorage.getItem(KEPT) ?? FIRST);
  const [like, setLike] = useState('');
  const [asked, setAsked] = useState({ text, like });
  const [perform, doing] = useDo();
  const [, go] = useLocation();
  const editor = useRef<Editor | null>(null);
  const place = useCallback((parent: HTMLDivElement | null) => {
    if (parent === null) return;
    const made = createEditor(parent, localStorage.getItem(KEPT) ?? FIRST, setText);
    editor.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    localStorage.setItem(KEPT, text);
    const timer = setTimeout(() => setAsked({ text, like }), REST);
    return () => clearTimeout(timer);
  }, [text, like]);

  const jobs = useRead('jobs', '/api/jobs');
  const body = { text: asked.text, like: asked.like || null };
  const drawn = useQuery({
    queryKey: ['draw', body],
    queryFn: () => act<Answer<'workshop'>>('/api/workshop', body),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const found = drawn.data?.findings ?? [];
  useEffect(() => editor.current?.show(drawn.data?.findings ?? []), [drawn.data]);
  const send = async (): Promise<void> => {
    const sent = await perform(
      () => act<Answer<'workshopSend'>>('/api/workshop/send', { text, like: like || null }, newKey()),
      () => say({ zh: '已交给发送', en: 'Handed over' }),
    );
    if (sent !== null) go(`/runs/${sent.run.id}`);
  };
  const data = say({ zh: '用哪个任务的数据', en: 'With the data of a job' });
  return (
    <Page
      title={say({ zh: '卡片工坊', en: 'Card workshop' })}
      note={say({
        zh: 'YAML(card: …)或飞书的卡片 JSON;画面和检查跟着输入更新',
        en: "YAML (card: …) or Feishu's card JSON; picture and findings follow what is typed",
      })}
      acts={
        <>
          <Choice
            label={data}
            none={data}
            value={like}
            choose={setLike}
            options={(jobs.data?.jobs ?? []).map(({ job }) => [job, job])}
          />
          <Button
            theme="solid"
            loading={doing}
            disabled={owner === null || drawn.data?.part === null}
            onClick={() => void send()}
          >
            {say({ zh: '发给我', en: 'Send to me' })}
          </Button>
        </>
      }
    >
      <div className="workshop">
        <div className="editor" ref={place} />
        <div>
          {drawn.isError && <Faulty error={drawn.error} />}
          {drawn.data?.part == null ? (
            <Nothing>{say({ zh: '还画不出来', en: 'Nothing to draw yet' })}</Nothing>
          ) : (
            <Drawn part={drawn.data.part} />
          )}
        </div>
      </div>
      {found.length > 0 && (
        <Part
          title={say({
            zh: `${found.length} 个问题`,
            en: `${found.length} ${found.length === 1 ? 'finding' : 'findings'}`,
          })}
        >
          <Findings of={found} go={({ line, column }) => editor.current?.go(line ?? 1, column ?? 1)} />
        </Part>
      )}
    </Page>
  );
}
