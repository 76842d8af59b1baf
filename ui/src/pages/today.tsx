import { Button, Tooltip } from '@douyinfe/semi-ui-19';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';
import { IncidentLine } from '../pieces/incident.tsx';
import { Figure, Loaded, Nothing, Page, Part, Table, useRead } from '../pieces/read.tsx';
import { State } from '../pieces/state.tsx';
import { lookOf } from '../states.ts';
import { clock, dayOf, exactly, lasting, moment, partOfDay } from '../time.ts';

type Day = Answer<'today'>;
type Due = Day['dues'][number];

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

const Dot = ({ due }: { due: Due }) => {
  const say = useSay();
  const look = lookOf(due.outcome);
  const many =
    due.count > 1
      ? say({
          zh: ` ×${due.count},到 ${clock(due.until ?? due.at)}`,
          en: ` ×${due.count}, until ${clock(due.until ?? due.at)}`,
        })
      : '';
  const words = `${due.job} ${clock(due.at)}${many} ${say(look.text)}${due.reason === null ? '' : ` · ${due.reason.message}`}`;
  const from = partOfDay(due.at);
  const to = due.count > 1 && due.until !== null ? partOfDay(due.until) : from;
  const style = { left: percent(from), width: to > from ? percent(to - from) : undefined };
  return (
    <Tooltip content={words}>
      <Link
        href={due.run === null ? `/jobs/${encodeURIComponent(due.job)}` : `/runs/${due.run}`}
        tabIndex={-1}
        className={`due tone-${look.tone} outcome-${due.outcome}${to > from ? ' span' : ''}`}
        style={style}
      />
    </Tooltip>
  );
};

/** The day as lines of hours, a line a job. */
const Timeline = ({ day }: { day: Day }) => {
  const say = useSay();
  const lanes = Object.entries(Object.groupBy(day.dues, ({ job }) => job)) as [string, Due[]][];
  const isToday = dayOf(day.now) === day.day;
  if (lanes.length === 0) return <Nothing>{say({ zh: '这一天没有要发的', en: 'Nothing is due on this day' })}</Nothing>;
  return (
    <div className="timeline" aria-hidden="true">
      <div className="lane hours" aria-hidden="true">
        <span />
        <div>
          {HOURS.map((hour) => (
            <span key={hour} style={{ left: percent(hour / 24) }}>
              {hour}
            </span>
          ))}
        </div>
      </div>
      {lanes.map(([job, dues]) => (
        <div className="lane" key={job}>
          <Link href={`/jobs/${encodeURIComponent(job)}`} title={job} tabIndex={-1}>
            {job}
          </Link>
          <div>
            {isToday && <span className="now" style={{ left: percent(partOfDay(day.now)) }} />}
            {dues.map((due) => (
              <Dot key={due.at} due={due} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
};

const Quotas = ({ of }: { of: Day['quota'] }) => {
  const say = useSay();
  return (
    <Table
      label={say({ zh: '配额', en: 'Quotas' })}
      heads={[
        say({ zh: '应用', en: 'App' }),
        say({ zh: '这一秒', en: 'This second' }),
        say({ zh: '这一分钟', en: 'This minute' }),
        say({ zh: '等待发送', en: 'Waiting' }),
      ]}
      rows={of.map((quota) => [
        quota.app,
        [
          quota.app,
          `${quota.perSecond.used} / ${quota.perSecond.limit}`,
          <span key="minute" className="meter">
            <meter
              aria-label={say({ zh: '这一分钟', en: 'This minute' })}
              max={quota.perMinute.limit}
              value={quota.perMinute.used}
            />
            {quota.perMinute.used} / {quota.perMinute.limit}
          </span>,
          quota.waiting >= 10_000 ? '10000+' : quota.waiting,
        ],
        quota.gate !== null ? (
          <p key="gate" className="bad">
            {say({ zh: '飞书拒绝这个应用,自', en: 'Feishu refuses the app, since' })} {moment(quota.gate.since)}:{' '}
            {quota.gate.words}
          </p>
        ) : quota.blockedUntil !== null ? (
          <p key="blocked" className="late">
            {say({ zh: '飞书要求等到', en: 'Feishu asks to wait until' })} {exactly(quota.blockedUntil)}
          </p>
        ) : null,
      ])}
    />
  );
};

const Processes = ({ of }: { of: Day['processes'] }) => {
  const say = useSay();
  if (of.length === 0) return <Nothing>{say({ zh: '没有进程在工作', en: 'No process is at work' })}</Nothing>;
  return (
    <Table
      label={say({ zh: '进程', en: 'Processes' })}
      heads={[
        say({ zh: '机器', en: 'Machine' }),
        say({ zh: '做什么', en: 'What it does' }),
        say({ zh: '自', en: 'Since' }),
        say({ zh: '版本', en: 'Version' }),
      ]}
      rows={of.map(({ id, node, pid, role, version, enteredAt, alive, runs, sending, drain }) => [
        id,
        [
          <span key="node">
            <span className={alive ? 'line-live' : 'line-broken'} />
            {node} <span className="dim">{pid}</span>
          </span>,
          [
            role === 'daemon' ? 'start' : say({ zh: '一条命令', en: 'a command' }),
            ...runs.map(({ id: run, job }) => `${say({ zh: '准备', en: 'prepares' })} ${job ?? run.slice(0, 8)}`),
            ...(sending > 0 ? [say({ zh: `在发 ${sending} 条`, en: `sends ${sending}` })] : []),
            ...(drain === null
              ? []
              : [drain === 'drained' ? say({ zh: '已排空', en: 'drained' }) : say({ zh: '在排空', en: 'draining' })]),
            ...(alive ? [] : [say({ zh: '没有动静', en: 'no sign of life' })]),
          ].join(' · '),
          moment(enteredAt),
          version,
        ],
      ])}
    />
  );
};

const shift = (day: string, by: number): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
};

const Due = ({ of }: { of: readonly Due[] }) => {
  const say = useSay();
  return (
    <Table
      label={say({ zh: '应发时间', en: 'Due times' })}
      heads={[say({ zh: '时间', en: 'Time' }), say({ zh: '任务', en: 'Job' }), say({ zh: '结果', en: 'Outcome' })]}
      rows={of.map((due) => [
        `${due.job} ${due.at}`,
        [
          `${clock(due.at)}${due.count > 1 ? ` – ${clock(due.until ?? due.at)} ×${due.count}` : ''}`,
          <Link key="job" href={due.run === null ? `/jobs/${encodeURIComponent(due.job)}` : `/runs/${due.run}`}>
            {due.job}
          </Link>,
          <span key="outcome">
            <State state={due.outcome} reason={due.reason} />
            {due.outcome === 'late' && due.lateMs !== null && (
              <span className="dim"> {say({ zh: `晚 ${lasting(due.lateMs)}`, en: `by ${lasting(due.lateMs)}` })}</span>
            )}
          </span>,
        ],
      ])}
    />
  );
};

export const Today = () => {
  const say = useSay();
  const [asked, setAsked] = useState<string | null>(null);
  const read = useRead('today', '/api/today', { day: asked });
  return (
    <Loaded of={read}>
      {(day) => {
        const { counts } = day;
        const isToday = dayOf(day.now) === day.day;
        const bad = (counts.failed ?? 0) + (counts.missed ?? 0);
        return (
          <Page
            title={isToday ? say({ zh: '今天', en: 'Today' }) : day.day}
            note={
              isToday
                ? `${day.day} · ${say({ zh: '现在', en: 'now' })} ${clock(day.now)} · ${day.timezone}`
                : day.timezone
            }
            acts={
              <>
                <Button
                  onClick={() => setAsked(shift(day.day, -1))}
                  aria-label={say({ zh: '前一天', en: 'The day before' })}
                >
                  ‹
                </Button>
                <Button onClick={() => setAsked(null)} disabled={isToday}>
                  {say({ zh: '今天', en: 'Today' })}
                </Button>
                <Button
                  onClick={() => setAsked(shift(day.day, 1))}
                  aria-label={say({ zh: '后一天', en: 'The day after' })}
                >
                  ›
                </Button>
              </>
            }
          >
            {isToday && day.incidents.map((incident) => <IncidentLine key={incident.id} incident={incident} />)}
            {day.broken.length > 0 && (
              <p className="notice tone-bad">
                {say({
                  zh: '设置有错误,到时间会失败:',
                  en: 'Their settings have faults, so their due times will fail: ',
                })}
                {day.broken.map((job) => (
                  <Link key={job} href={`/jobs/${encodeURIComponent(job)}`}>
                    {job}{' '}
                  </Link>
                ))}
              </p>
            )}
            <div className="figures">
              <Figure n={counts.done ?? 0} of={say({ zh: '已送达', en: 'delivered' })} tone="good" />
              <Figure n={counts.late ?? 0} of={say({ zh: '晚了', en: 'late' })} tone={counts.late ? 'late' : 'idle'} />
              <Figure
                n={(counts.partial ?? 0) + (counts.unknown ?? 0)}
                of={say({ zh: '部分或不确定', en: 'partial or unknown' })}
                tone={counts.partial || counts.unknown ? 'unsure' : 'idle'}
              />
              <Figure n={bad} of={say({ zh: '失败或错过', en: 'failed or missed' })} tone={bad > 0 ? 'bad' : 'idle'} />
              <Figure n={counts.skipped ?? 0} of={say({ zh: '跳过', en: 'skipped' })} />
              <Figure n={(counts.coming ?? 0) + (counts.running ?? 0)} of={say({ zh: '将要', en: 'to come' })} />
            </div>
            <Part title={say({ zh: '时间线', en: 'Timeline' })}>
              <Timeline day={day} />
            </Part>
            {day.dues.length > 0 && (
              <Part title={say({ zh: '应发时间', en: 'Due times' })}>
                <Due of={day.dues} />
              </Part>
            )}
            {isToday && (
              <div className="beside">
                <Part title={say({ zh: '配额', en: 'Quotas' })}>
                  <Quotas of={day.quota} />
                </Part>
                <Part title={say({ zh: '进程', en: 'Processes' })}>
                  <Processes of={day.processes} />
                </Part>
              </div>
            )}
          </Page>
        );
      }}
    </Loaded>
  );
};
