import { Button, Input } from '@douyinfe/semi-ui-19';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Answer, act, ask } from '../api.ts';
import { useSay } from '../lang.ts';
import { Choice } from '../pieces/choice.tsx';
import { sure, useDo } from '../pieces/do.tsx';
import { PagesOf } from '../pieces/pages-of.tsx';
import { Loaded, Page, Part, Table, useRead } from '../pieces/read.tsx';
import { When } from '../pieces/when.tsx';
import { exactly } from '../time.ts';

type Entry = Answer<'audit'>['items'][number];
type Role = Answer<'makeToken'>['role'];
type Row = Answer<'tokens'>['tokens'][number];

const Tokens = () => {
  const say = useSay();
  const [perform, doing] = useDo();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [made, setMade] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const token = await perform(
      () => act<Answer<'makeToken'>>('/api/tokens', { name, role }),
      () => null,
    );
    setMade(token?.token ?? null);
    if (token !== null) setName('');
  };
  const revoke = async ({ id, name: named, person }: Row): Promise<void> => {
    const yes = person ? say({ zh: '结束', en: 'End' }) : say({ zh: '作废', en: 'Revoke' });
    const words = { yes, no: say({ zh: '算了', en: 'Never mind' }) };
    if (
      !(await sure(
        person
          ? say({ zh: `结束 ${named} 的登录?`, en: `End the sessions of ${named}?` })
          : say({ zh: `作废令牌 ${named}?`, en: `Revoke the token ${named}?` }),
        person
          ? say({
              zh: '马上失效;要让人进不来,还要从 larkcron.yaml 的 roles 里去掉。',
              en: 'Over at once; to keep somebody out, take them out of `roles` in larkcron.yaml, too.',
            })
          : say({ zh: '用它登录的马上失效。', en: 'Its sessions are over at once.' }),
        words,
      ))
    )
      return;
    await perform(
      () => ask(`/api/tokens/${id}`, { method: 'DELETE' }),
      () => (person ? say({ zh: '已结束', en: 'Ended' }) : say({ zh: '已作废', en: 'Revoked' })),
    );
  };
  const label = say({ zh: '给谁', en: 'For whom' });
  return (
    <Part title={say({ zh: '令牌和登录的人', en: 'Tokens, and people who logged in' })}>
      <Loaded of={useRead('tokens', '/api/tokens')}>
        {({ tokens }) => (
          <Table
            label={say({ zh: '令牌', en: 'Tokens' })}
            heads={[
              say({ zh: '名字', en: 'Name' }),
              say({ zh: '角色', en: 'Role' }),
              say({ zh: '生成', en: 'Made' }),
              say({ zh: '最近使用', en: 'Last used' }),
              '',
            ]}
            rows={tokens.map((token) => [
              token.id,
              [
                token.name,
                token.role,
                <When key="made" at={token.createdAt} />,
                <When key="used" at={token.lastUsedAt} />,
                <Button key="revoke" size="small" type="danger" onClick={() => void revoke(token)}>
                  {token.person ? say({ zh: '结束登录', en: 'End sessions' }) : say({ zh: '作废', en: 'Revoke' })}
                </Button>,
              ],
            ])}
          />
        )}
      </Loaded>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Input value={name} onChange={setName} maxLength={60} placeholder={label} aria-label={label} />
        <Choice
          label={say({ zh: '角色', en: 'Role' })}
          value={role}
          choose={(value) => setRole(value as Role)}
          options={['viewer', 'operator', 'admin'].map((value) => [value, value])}
        />
        <Button htmlType="submit" disabled={name.trim() === ''} loading={doing}>
          {say({ zh: '生成令牌', en: 'Make a token' })}
        </Button>
      </form>
      {made !== null && (
        <p className="notice tone-late">
          {say({ zh: '只显示这一次:', en: 'Shown this once: ' })} <code>{made}</code>
        </p>
      )}
    </Part>
  );
};

export default function Audit() {
  const say = useSay();
  return (
    <Page
      title={say({ zh: '操作记录', en: 'Audit' })}
      note={say({ zh: '谁在什么时候做了什么', en: 'Who did what, and when' })}
    >
      <Tokens />
      <Part title={say({ zh: '操作', en: 'Acts' })}>
        <PagesOf<Entry> name="audit" path="/api/audit" query={{}}>
          {(items) => (
            <Table
              label={say({ zh: '操作', en: 'Acts' })}
              heads={[
                say({ zh: '时间', en: 'Time' }),
                say({ zh: '谁', en: 'Who' }),
                say({ zh: '做了什么', en: 'What' }),
                say({ zh: '对象', en: 'On' }),
                say({ zh: '结果', en: 'Outcome' }),
              ]}
              rows={items.map((entry) => [
                String(entry.id),
                [
                  exactly(entry.at),
                  <span key="who" className="named">
                    {entry.who} <span className="dim">{entry.role}</span>
                  </span>,
                  <span key="what">
                    <code className="deed">{entry.what}</code>{' '}
                    {Object.keys(entry.details).length > 0 && (
                      <code className="dim">{JSON.stringify(entry.details)}</code>
                    )}
                  </span>,
                  entry.run !== null ? (
                    <Link key="run" href={`/runs/${entry.run}`}>
                      {entry.job ?? entry.run.slice(0, 8)}
                    </Link>
                  ) : (
                    (entry.job ?? '—')
                  ),
                  <span key="outcome" className={entry.outcome === 'ok' ? '' : 'bad'}>
                    {entry.outcome}
                  </span>,
                ],
              ])}
            />
          )}
        </PagesOf>
      </Part>
    </Page>
  );
}
