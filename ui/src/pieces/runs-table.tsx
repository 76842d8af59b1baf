import { Link } from 'wouter';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';
import { TRIGGERS } from '../states.ts';
import { lasting } from '../time.ts';
import { Table } from './read.tsx';
import { State } from './state.tsx';
import { When } from './when.tsx';

export type RunRow = Answer<'runs'>['items'][number];

const took = ({ startedAt, finishedAt }: RunRow): string =>
  startedAt === null || finishedAt === null ? '—' : lasting(Date.parse(finishedAt) - Date.parse(startedAt));

export const RunsTable = ({ of, job = true }: { of: readonly RunRow[]; job?: boolean }) => {
  const say = useSay();
  return (
    <Table
      label={say({ zh: '运行', en: 'Runs' })}
      heads={[
        say({ zh: '时间', en: 'Time' }),
        ...(job ? [say({ zh: '任务', en: 'Job' })] : []),
        say({ zh: '结果', en: 'Outcome' }),
        say({ zh: '起因', en: 'Trigger' }),
        say({ zh: '用时', en: 'Took' }),
      ]}
      rows={of.map((run) => [
        run.id,
        [
          <Link key="at" href={`/runs/${run.id}`}>
            <When at={run.dueAt ?? run.createdAt} />
          </Link>,
          ...(job
            ? [
                run.job === null ? (
                  run.name
                ) : (
                  <Link key="job" href={`/jobs/${encodeURIComponent(run.job)}`}>
                    {run.name}
                  </Link>
                ),
              ]
            : []),
          <State key="state" state={run.state} late={run.late} reason={run.reason} />,
          <span key="trigger">
            {say(TRIGGERS[run.trigger] ?? { zh: run.trigger, en: run.trigger })}
            {run.recalled && <span className="state tone-idle">{say({ zh: '已撤回', en: 'recalled' })}</span>}
          </span>,
          <span key="took" className="whole">
            {took(run)}
          </span>,
        ],
      ])}
    />
  );
};
