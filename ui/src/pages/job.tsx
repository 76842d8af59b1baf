import { Button, Spin, Tabs } from '@douyinfe/semi-ui-19';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Answer, ask } from '../api.ts';
import { useSay } from '../lang.ts';
import { Chart } from '../pieces/chart.tsx';
import { Drawn } from '../pieces/drawn.tsx';
import { Faulty } from '../pieces/faulty.tsx';
import { Findings } from '../pieces/findings.tsx';
import { HeatMap } from '../pieces/heat-map.tsx';
import { JobActs } from '../pieces/job-acts.tsx';
import { PagesOf } from '../pieces/pages-of.tsx';
import { Loaded, Nothing, Page, Part, useRead } from '../pieces/read.tsx';
import { type RunRow, RunsTable } from '../pieces/runs-table.tsx';
import { State, Strip } from '../pieces/state.tsx';
import { dayOf, exactly, lasting, moment } from '../time.ts';

type Detail = Answer<'job'>;

/** The message as it would look now: asks the sources, so it is asked for once, and again by hand. */
const Preview = ({ address }: { address: string }) => {
  const say = useSay();
  const drawn = useQuery({
    queryKey: ['preview', address],
    queryFn: () => ask<Answer<'preview'>>(`${address}/preview`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const again = (
    <Button size="small" onClick={() => void drawn.refetch()} loading={drawn.isFetching}>
      {say({ zh: '重新取数', en: 'Ask the sources again' })}
    </Button>
  );
  return (
    <Part title={say({ zh: '现在会是这样', en: 'As it would look now' })} acts={again}>
      {drawn.isPending && <Spin wrapperClassName="waiting" />}
      {drawn.isError && <Faulty error={drawn.error} />}
      {drawn.data !== undefined && (
        <>
          <p className="dim">
            {drawn.data.sources
              .map(
                ({ dataset, rows, tookMs }) =>
                  `${dataset}: ${rows} ${say({ zh: '行', en: rows === 1 ? 'row' : 'rows' })}, ${lasting(tookMs)}`,
              )
              .join(' · ')}
            {drawn.data.shows !== null &&
              ` · ${say({ zh: `给 ${drawn.data.shows.recipient} 的(共 ${drawn.data.shows.of} 份)`, en: `for ${drawn.data.shows.recipient}, one of ${drawn.data.shows.of}` })}`}
          </p>
          {drawn.data.skipped !== null && (
            <p className="notice tone-idle">
              {say({ zh: '真的运行会跳过:', en: 'A real run would be left out: ' })}
              {drawn.data.skipped.message}
            </p>
          )}
          <Findings of={drawn.data.findings} />
          {drawn.data.parts.map((part) => (
            <Drawn key={part.part} part={part} />
          ))}
        </>
      )}
    </Part>
  );
};

/** The file with its faults at their lines. */
const Source = ({ detail }: { detail: Detail }) => {
  const say = useSay();
  const { source, file, findings } = detail;
  const faulty = new Map(
    findings.filter(({ file: where }) => where === file).map(({ line, severity }) => [line, severity]),
  );
  return (
    <>
      <Findings of={findings} />
      {source === null ? (
        <Nothing>{say({ zh: `${file}:这里不显示它的内容`, en: `${file}: its text is not shown here` })}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <pre className="source" tabIndex={0}>
          {source.split('\n').map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are where they are
            <code key={i} className={faulty.has(i + 1) ? `line ${faulty.get(i + 1)}` : 'line'}>
              {line}
              {'\n'}
            </code>
          ))}
        </pre>
      )}
    </>
  );
};

const axis = { label: { style: { fontSize: 11 } } };
const Times = ({ address }: { address: string }) => {
  const say = useSay();
  return (
    <Loaded of={useRead('jobTimes', `${address}/times`, { limit: 100 })}>
      {({ runs }) => {
        const line = (title: string, of: (run: (typeof runs)[number]) => number | null) => {
          const values = runs.flatMap((run) => {
            const ms = of(run);
            return ms === null ? [] : [{ at: moment(run.at), s: Math.round(ms / 10) / 100 }];
          });
          const spec = {
            type: 'line',
            data: [{ id: 'd', values }],
            xField: 'at',
            yField: 's',
            point: { visible: values.length < 40, style: { size: 4 } },
            axes: [
              { orient: 'left', ...axis },
              { orient: 'bottom', ...axis },
            ],
          };
          return (
            <Part title={title}>
              {values.length === 0 ? <Nothing>—</Nothing> : <Chart spec={spec} label={`${title}: ${values.length}`} />}
            </Part>
          );
        };
        return (
          <div className="beside">
            {line(say({ zh: '开始得晚了多少(秒)', en: 'Begun how late (s)' }), ({ lateMs }) => lateMs)}
            {line(say({ zh: '从开始到结束(秒)', en: 'From beginning to end (s)' }), ({ deliveryMs }) => deliveryMs)}
          </div>
        );
      }}
    </Loaded>
  );
};

const History = ({ address, job }: { address: string; job: string }) => {
  const say = useSay();
  const today = dayOf(Date.now());
  const since = dayOf(Date.now() - 364 * 86_400_000);
  const days = useRead('jobDays', `${address}/days`, { since, until: today });
  return (
    <>
      <Part title={say({ zh: '一年', en: 'The year' })}>
        <Loaded of={days}>{({ days: list }) => <HeatMap days={list} />}</Loaded>
      </Part>
      <Times address={address} />
      <Part title={say({ zh: '运行', en: 'Runs' })}>
        <PagesOf<RunRow> name="runs" path="/api/runs" query={{ job, limit: 20 }}>
          {(items) => <RunsTable of={items} job={false} />}
        </PagesOf>
      </Part>
    </>
  );
};

const Facts = ({ detail }: { detail: Detail }) => {
  const say = useSay();
  const { job, to, each, sources, notify, next, missed } = detail;
  const [all, setAll] = useState(false);
  const shown = all ? to : to.slice(0, 8);
  return (
    <aside className="facts">
      <Part title={say({ zh: '接下来', en: 'Coming' })}>
        <ul className="coming">
          {next.slice(0, 8).map(({ dueAt, sendAt, skipped, calendarUnknown }) => (
            <li key={dueAt} className={skipped === null ? '' : 'dim'}>
              {moment(dueAt)}
              {sendAt !== null && sendAt !== dueAt && ` → ${moment(sendAt)}`}
              {skipped !== null && ` · ${skipped.message}`}
              {calendarUnknown !== null &&
                say({ zh: ` · 还没有 ${calendarUnknown} 年的安排`, en: ` · ${calendarUnknown} is not known yet` })}
            </li>
          ))}
          {next.length === 0 && <li className="dim">—</li>}
        </ul>
        {missed.map(({ since, until, count, why }) => (
          <p key={since} className="dim">
            {say({ zh: `错过 ${count} 次`, en: `missed ${count}` })}: {exactly(since)} – {exactly(until)} · {why}
          </p>
        ))}
      </Part>
      <Part title={say({ zh: `收件人 ${job.recipients}`, en: `Recipients ${job.recipients}` })}>
        <ul>
          {shown.map(({ recipient }) => (
            <li key={recipient}>
              <Link href={`/deliveries?job=${encodeURIComponent(job.job)}&recipient=${encodeURIComponent(recipient)}`}>
                {recipient}
              </Link>
            </li>
          ))}
          {each !== null && <li>{say({ zh: `数据里的每一位:${each}`, en: `everyone in the data: ${each}` })}</li>}
        </ul>
        {to.length > shown.length && (
          <Button size="small" onClick={() => setAll(true)}>
            {say({ zh: '全部', en: 'All' })}
          </Button>
        )}
        {all && job.recipients > to.length && (
          <p className="dim">{say({ zh: `这里是前 ${to.length} 个`, en: `The first ${to.length} of them` })}</p>
        )}
      </Part>
      <Part title={say({ zh: '其他', en: 'More' })}>
        <dl>
          <dt>{say({ zh: '数据', en: 'Data' })}</dt>
          <dd>{sources.map(({ dataset, source }) => `${dataset} (${source})`).join('、') || '—'}</dd>
          <dt>{say({ zh: '消息', en: 'Message' })}</dt>
          <dd>{detail.message || '—'}</dd>
          <dt>{say({ zh: '失败时通知', en: 'Told on failure' })}</dt>
          <dd>{notify.join('、') || '—'}</dd>
          <dt>{say({ zh: '应用', en: 'App' })}</dt>
          <dd>{job.app}</dd>
          <dt>{say({ zh: '优先级', en: 'Priority' })}</dt>
          <dd>{job.priority}</dd>
          <dt>{say({ zh: '文件', en: 'File' })}</dt>
          <dd>
            <code>{detail.file}</code>
          </dd>
        </dl>
      </Part>
    </aside>
  );
};

export default function Job({ job: name }: { job: string }) {
  const say = useSay();
  const address = `/api/jobs/${encodeURIComponent(name)}`;
  return (
    <Loaded of={useRead('job', address)}>
      {(detail) => {
        const { job, findings } = detail;
        const errors = findings.filter(({ severity }) => severity === 'error').length;
        return (
          <Page
            title={job.job}
            note={
              <>
                {job.schedule ??
                  (job.sound
                    ? say({ zh: '只手动', en: 'by hand only' })
                    : say({ zh: '设置有错误', en: 'its settings have faults' }))}
                {job.description !== null && ` · ${job.description}`}
              </>
            }
            acts={<JobActs row={job} />}
          >
            <p className="badges">
              {job.last !== null && <State state={job.last.state} late={job.last.late} />}
              <Strip recent={job.recent} />
              {job.paused !== null && (
                <span className="state tone-idle">
                  {say({ zh: '暂停中', en: 'paused' })} {job.paused.until !== null && `→ ${moment(job.paused.until)}`}{' '}
                  {job.paused.reason}
                </span>
              )}
              {job.incident !== null && (
                <Link href="/incidents" className="state tone-bad">
                  {say({ zh: '有未恢复的故障', en: 'an open incident' })}
                </Link>
              )}
            </p>
            <div className="with-facts">
              <div>
                <Tabs
                  type="line"
                  lazyRender
                  keepDOM={false}
                  tabPaneMotion={false}
                  defaultActiveKey={errors > 0 ? 'settings' : 'card'}
                >
                  <Tabs.TabPane tab={say({ zh: '消息', en: 'Message' })} itemKey="card">
                    {job.sound ? <Preview address={address} /> : <Findings of={findings} />}
                  </Tabs.TabPane>
                  <Tabs.TabPane tab={say({ zh: '历史', en: 'History' })} itemKey="history">
                    <History address={address} job={job.job} />
                  </Tabs.TabPane>
                  <Tabs.TabPane
                    tab={`${say({ zh: '设置', en: 'Settings' })}${findings.length > 0 ? ` · ${findings.length}` : ''}`}
                    itemKey="settings"
                  >
                    <Source detail={detail} />
                  </Tabs.TabPane>
                </Tabs>
              </div>
              <Facts detail={detail} />
            </div>
          </Page>
        );
      }}
    </Loaded>
  );
}
