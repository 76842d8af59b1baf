import { Button, Input } from '@douyinfe/semi-ui-19';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Answer, ask, withQuery } from '../api.ts';
import { useSay } from '../lang.ts';
import { Faulty } from '../pieces/faulty.tsx';
import { Loaded, Nothing, Page, Part, Table, useRead } from '../pieces/read.tsx';
import { Typed } from '../pieces/typed.tsx';
import { When } from '../pieces/when.tsx';
import { useMay } from '../session.ts';
import { moment } from '../time.ts';

type Row = Answer<'recipients'>['recipients'][number];

/** So many are drawn; who is looked for among more is found by their name. */
const MOST = 100;

const Rows = ({ of }: { of: readonly Row[] }) => {
  const say = useSay();
  return (
    <>
      <Table
        label={say({ zh: '收件人', en: 'Recipients' })}
        heads={[
          say({ zh: '收件人', en: 'Recipient' }),
          say({ zh: '收到什么', en: 'Gets' }),
          say({ zh: '最近送达', en: 'Last reached' }),
        ]}
        rows={of.slice(0, MOST).map((row) => [
          row.recipient,
          [
            <span key="recipient">
              <Link href={`/deliveries?recipient=${encodeURIComponent(row.recipient)}`}>{row.recipient}</Link>
              <div className="dim">
                {row.kind}
                {row.groups.map((group) => (
                  <span key={group} className="state tone-idle">
                    {group}
                  </span>
                ))}
              </div>
            </span>,
            row.jobs.length === 0
              ? say({ zh: '失败时的通知', en: 'notices of failures' })
              : row.jobs.map((job) => (
                  <Link key={job} href={`/jobs/${encodeURIComponent(job)}`} className="job-link">
                    {job}
                  </Link>
                )),
            row.unreachable === null ? (
              <When key="reached" at={row.lastDeliveredAt} />
            ) : (
              <div key="refused" className="bad">
                {row.unreachable.code !== null && <code>{row.unreachable.code}</code>} {row.unreachable.message}
                <div className="dim">
                  → {row.unreachable.hint} · {moment(row.unreachable.at)}
                </div>
              </div>
            ),
          ],
        ])}
      />
      {of.length > MOST && (
        <p className="dim">
          {say({
            zh: `列出前 ${MOST} 个,其余 ${of.length - MOST} 个请搜索`,
            en: `The first ${MOST}; search for the other ${of.length - MOST}`,
          })}
        </p>
      )}
    </>
  );
};

/** Asks Feishu for ids, when somebody presses the button. */
const Find = () => {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['people', asked],
    queryFn: () => ask<Answer<'findPeople'>>(withQuery('/api/recipients/search', { query: asked })),
    enabled: asked !== null,
  });
  const label = say({
    zh: '群名的一部分、邮箱或手机号',
    en: "Part of a group's name, an e-mail address or a mobile number",
  });
  return (
    <Part title={say({ zh: '在飞书里找 id', en: 'Find an id in Feishu' })}>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Input value={typed} onChange={setTyped} placeholder={label} aria-label={label} />
        <Button htmlType="submit" loading={found.isFetching}>
          {say({ zh: '问飞书', en: 'Ask Feishu' })}
        </Button>
      </form>
      {found.isError && <Faulty error={found.error} />}
      {found.data !== undefined && found.data.groups.length + found.data.people.length === 0 && (
        <Nothing>{say({ zh: '没有找到', en: 'Nothing found' })}</Nothing>
      )}
      <ul>
        {found.data?.groups.map(({ id, name, external }) => (
          <li key={id}>
            {name} <code>{id}</code> {external && <span className="dim">{say({ zh: '外部群', en: 'external' })}</span>}
          </li>
        ))}
        {found.data?.people.map(({ id, email, mobile }) => (
          <li key={id}>
            {email ?? mobile} <code>{id}</code>
          </li>
        ))}
      </ul>
    </Part>
  );
};

export default function Recipients() {
  const say = useSay();
  const [search, setSearch] = useState('');
  const mayFind = useMay('operator');
  return (
    <Page
      title={say({ zh: '收件人', en: 'Recipients' })}
      note={say({ zh: '谁会收到什么,谁收不到', en: 'Who gets what, and who could not be reached' })}
      acts={<Typed label={say({ zh: '找收件人', en: 'Find a recipient' })} value={search} change={setSearch} />}
    >
      <Loaded of={useRead('recipients', '/api/recipients')}>
        {({ recipients, fromData }) => {
          const wanted = recipients.filter((row) =>
            [row.recipient, ...row.groups, ...row.jobs].join(' ').toLowerCase().includes(search.toLowerCase()),
          );
          const refused = wanted.filter(({ unreachable }) => unreachable !== null);
          const reached = wanted.filter(({ unreachable }) => unreachable === null);
          return (
            <>
              {refused.length > 0 && (
                <Part title={say({ zh: `收不到的 ${refused.length}`, en: `Unreachable ${refused.length}` })}>
                  <Rows of={refused} />
                </Part>
              )}
              <Part title={say({ zh: `收得到的 ${reached.length}`, en: `Reachable ${reached.length}` })}>
                {reached.length === 0 ? <Nothing>{say({ zh: '没有', en: 'None' })}</Nothing> : <Rows of={reached} />}
                {fromData.map(({ job, column }) => (
                  <p key={job} className="dim">
                    {say({
                      zh: `${job} 的收件人在数据里:${column}`,
                      en: `The recipients of ${job} stand in its data: ${column}`,
                    })}
                  </p>
                ))}
              </Part>
              {mayFind && <Find />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
