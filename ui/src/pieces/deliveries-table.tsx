import { Button } from '@douyinfe/semi-ui-19';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Answer, ask } from '../api.ts';
import { useSay } from '../lang.ts';
import { exactly, lasting } from '../time.ts';
import { Table } from './read.tsx';
import { State } from './state.tsx';
import { When } from './when.tsx';

export type DeliveryRow = Answer<'deliveries'>['items'][number];
type WithTries = Answer<'delivery'>;

/** Every try of one delivery, as it stands in the ledger. */
const Tries = ({ of }: { of: WithTries }) => {
  const say = useSay();
  return (
    <div className="tries">
      {of.tries.map((attempt) => (
        <p key={attempt.at}>
          {exactly(attempt.at)} ·{' '}
          {attempt.outcome === null ? (
            '…'
          ) : (
            <State
              state={
                attempt.outcome === 'retry' ? 'retrying' : attempt.outcome === 'unsent' ? 'queued' : attempt.outcome
              }
            />
          )}{' '}
          · HTTP {attempt.http ?? '—'} · code {attempt.code ?? '—'} · {lasting(attempt.tookMs)} ·{' '}
          <code>{attempt.logId}</code>
        </p>
      ))}
      {of.tries.length === 0 && (
        <p className="dim">{say({ zh: '还没有尝试,或已过保留期', en: 'No try yet, or no longer kept' })}</p>
      )}
      <p className="dim">
        uuid <code>{of.uuid}</code>{' '}
        {of.messageId !== null && (
          <>
            message_id <code>{of.messageId}</code>
          </>
        )}
      </p>
    </div>
  );
};

const What = ({ row }: { row: DeliveryRow }) => {
  const say = useSay();
  return (
    <div>
      <State state={row.state} reason={row.reason} />
      {row.recalledAt !== null && <span className="state tone-idle">{say({ zh: '已撤回', en: 'recalled' })}</span>}
      {row.urgent !== null && (
        <span className="state tone-idle">
          {say({ zh: '加急', en: 'urgent' })} {row.urgent.by} · {row.urgent.state}
        </span>
      )}
      {row.progress !== null && (
        <span className="dim">
          {say({
            zh: `有效 ${row.progress.valid},成功 ${row.progress.success},已读 ${row.progress.read}`,
            en: `valid ${row.progress.valid}, sent ${row.progress.success}, read ${row.progress.read}`,
          })}
        </span>
      )}
      {row.message !== null && (
        <div>
          {row.code !== null && row.code !== 0 && <code>{row.code}</code>} {row.message}
          {row.hint !== null && <div className="dim">→ {row.hint}</div>}
        </div>
      )}
    </div>
  );
};

/** Deliveries, each with its tries where somebody opens it. */
export const DeliveriesTable = ({
  of,
  inRun = false,
}: {
  of: readonly (DeliveryRow | WithTries)[];
  inRun?: boolean;
}) => {
  const say = useSay();
  const [open, setOpen] = useState<ReadonlyMap<string, WithTries>>(new Map());
  const turn = async (row: DeliveryRow | WithTries): Promise<void> => {
    const next = new Map(open);
    if (!next.delete(row.id))
      next.set(row.id, 'tries' in row ? row : await ask<WithTries>(`/api/deliveries/${row.id}`));
    setOpen(next);
  };
  return (
    <Table
      label={say({ zh: '投递', en: 'Deliveries' })}
      heads={[
        say({ zh: '收件人', en: 'Recipient' }),
        ...(inRun ? [] : [say({ zh: '任务', en: 'Job' })]),
        say({ zh: '结果', en: 'Outcome' }),
        say({ zh: '时间', en: 'Time' }),
        say({ zh: '尝试', en: 'Tries' }),
      ]}
      rows={of.map((row) => {
        const opened = open.get(row.id);
        return [
          row.id,
          [
            <span key="recipient">
              {row.recipient}
              {row.part > 1 && (
                <span className="dim"> {say({ zh: `第 ${row.part} 部分`, en: `part ${row.part}` })}</span>
              )}
              {row.generation > 1 && <span className="dim"> {say({ zh: '重发', en: 'sent anew' })}</span>}
            </span>,
            ...(inRun
              ? []
              : [
                  <Link key="run" href={`/runs/${row.run}`}>
                    {row.job ?? row.run.slice(0, 8)}
                  </Link>,
                ]),
            <What key="what" row={row} />,
            <When key="when" at={row.deliveredAt ?? row.createdAt} />,
            <Button
              key="tries"
              size="small"
              theme="borderless"
              aria-expanded={opened !== undefined}
              onClick={() => void turn(row)}
            >
              {say({ zh: `${row.attempts} 次`, en: `${row.attempts} ×` })} {opened === undefined ? '▸' : '▾'}
            </Button>,
          ],
          opened !== undefined && <Tries of={opened} />,
        ];
      })}
    />
  );
};
