import { useState } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';
import { JobActs } from '../pieces/job-acts.tsx';
import { Loaded, Nothing, Page, Table, useRead } from '../pieces/read.tsx';
import { State, Strip } from '../pieces/state.tsx';
import { Typed } from '../pieces/typed.tsx';
import { When } from '../pieces/when.tsx';
import { moment } from '../time.ts';

type Row = Answer<'jobs'>['jobs'][number];

const Name = ({ row }: { row: Row }) => {
  const say = useSay();
  return (
    <div className="job-name">
      <Link href={`/jobs/${encodeURIComponent(row.job)}`}>
        <strong>{row.job}</strong>
      </Link>
      {row.paused !== null && (
        <span className="state tone-idle">
          {say({ zh: '暂停', en: 'paused' })}
          {row.paused.until !== null && ` → ${moment(row.paused.until)}`}
          {row.paused.reason !== null && ` · ${row.paused.reason}`}
        </span>
      )}
      {row.problems > 0 && (
        <span className="state tone-bad">
          {say({ zh: `${row.problems} 个错误`, en: `${row.problems} ${row.problems === 1 ? 'fault' : 'faults'}` })}
        </span>
      )}
      {row.incident !== null && <span className="state tone-bad">{say({ zh: '故障', en: 'incident' })}</span>}
      {row.description !== null && <div className="dim">{row.description}</div>}
    </div>
  );
};

export default function Jobs() {
  const say = useSay();
  const [search, setSearch] = useState('');
  return (
    <Loaded of={useRead('jobs', '/api/jobs')}>
      {({ jobs }) => {
        const wanted = jobs.filter(({ job, description }) =>
          `${job} ${description ?? ''}`.toLowerCase().includes(search.toLowerCase()),
        );
        return (
          <Page
            title={say({ zh: '任务', en: 'Jobs' })}
            note={say({ zh: `${jobs.length} 个`, en: `${jobs.length} of them` })}
            acts={<Typed label={say({ zh: '找任务', en: 'Find a job' })} value={search} change={setSearch} />}
          >
            {wanted.length === 0 ? (
              <Nothing>
                {jobs.length === 0
                  ? say({
                      zh: '还没有任务:larkcron init 从一个例子开始',
                      en: 'No jobs yet: larkcron init begins with an example',
                    })
                  : say({ zh: '没有这样的任务', en: 'No such job' })}
              </Nothing>
            ) : (
              <Table
                label={say({ zh: '任务', en: 'Jobs' })}
                heads={[
                  say({ zh: '任务', en: 'Job' }),
                  say({ zh: '时间表', en: 'Schedule' }),
                  say({ zh: '下次', en: 'Next' }),
                  say({ zh: '上次', en: 'Last' }),
                  say({ zh: '最近 30 次', en: 'Latest 30' }),
                  say({ zh: '负责人', en: 'Owner' }),
                  '',
                ]}
                rows={wanted.map((row) => [
                  row.job,
                  [
                    <Name key="name" row={row} />,
                    row.schedule ?? (
                      <span className="dim">{row.sound ? say({ zh: '只手动', en: 'by hand only' }) : '—'}</span>
                    ),
                    <When key="next" at={row.next} />,
                    row.last === null ? (
                      '—'
                    ) : (
                      <Link key="last" href={`/runs/${row.last.id}`}>
                        <State state={row.last.state} late={row.last.late} />{' '}
                        <When at={row.last.dueAt ?? row.last.createdAt} />
                      </Link>
                    ),
                    <Strip key="strip" recent={row.recent} />,
                    row.owner ?? '—',
                    <JobActs key="acts" row={row} small />,
                  ],
                ])}
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}
