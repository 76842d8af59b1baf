import { Button, Dropdown, Input, Modal } from '@douyinfe/semi-ui-19';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Answer, act, newKey } from '../api.ts';
import { useSay } from '../lang.ts';
import { useMay, useSession } from '../session.ts';
import { sure, useDo } from './do.tsx';
import { Drawn } from './drawn.tsx';
import { Findings } from './findings.tsx';

type Row = Answer<'jobs'>['jobs'][number];
type Started = Answer<'startRun'>;

const PauseForm = ({ job, close }: { job: string; close: () => void }) => {
  const say = useSay();
  const [perform, doing] = useDo();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const pause = async (): Promise<void> => {
    const done = await perform(
      () =>
        act<Row>(`/api/jobs/${encodeURIComponent(job)}/pause`, { reason: reason.trim() || null, until: until || null }),
      () => say({ zh: `${job} 已暂停`, en: `${job} is paused` }),
    );
    if (done !== null) close();
  };
  return (
    <Modal
      visible
      title={say({ zh: `暂停 ${job}`, en: `Pause ${job}` })}
      okText={say({ zh: '暂停', en: 'Pause' })}
      okButtonProps={{ 'aria-label': say({ zh: '暂停', en: 'Pause' }) }}
      cancelText={say({ zh: '算了', en: 'Never mind' })}
      cancelButtonProps={{ 'aria-label': say({ zh: '算了', en: 'Never mind' }) }}
      onOk={() => void pause()}
      onCancel={close}
      confirmLoading={doing}
    >
      <p>
        {say({ zh: '到时间也不发;已在路上的继续。', en: 'Its due times do not happen; what is on its way goes on.' })}
      </p>
      <p className="field">
        <label htmlFor="reason">{say({ zh: '原因', en: 'Reason' })}</label>
        <Input id="reason" value={reason} onChange={setReason} maxLength={200} autoFocus />
      </p>
      <p className="field">
        <label htmlFor="until">
          {say({ zh: '到什么时候(不填:直到恢复)', en: 'Until (empty: until it is resumed)' })}
        </label>
        <Input id="until" value={until} onChange={setUntil} placeholder="18:00 · 2026-12-01 09:00" />
      </p>
    </Modal>
  );
};

const DryRun = ({ of, close }: { of: NonNullable<Started['dryRun']>; close: () => void }) => {
  const say = useSay();
  return (
    <Modal
      visible
      width={720}
      title={say({ zh: '演练:没有发给任何人', en: 'Dry run: sent to nobody' })}
      footer={null}
      onCancel={close}
    >
      <p>
        {of.state === 'skipped'
          ? say({ zh: `会跳过:${of.reason ?? ''}`, en: `It would be left out: ${of.reason ?? ''}` })
          : say({ zh: `会发给 ${of.recipients.length} 个收件人:`, en: `It would go to ${of.recipients.length}: ` })}
        {of.recipients.slice(0, 20).join('、')}
        {of.recipients.length > 20 && '…'}
      </p>
      <Findings of={of.findings} />
      {of.parts.map((part) => (
        <Drawn key={part.part} part={part} />
      ))}
    </Modal>
  );
};

/** What may be done with a job. */
export const JobActs = ({
  row,
  small = false,
}: {
  row: Pick<Row, 'job' | 'paused' | 'sound' | 'recipients'>;
  small?: boolean;
}) => {
  const say = useSay();
  const { owner } = useSession();
  const [perform, doing] = useDo();
  const [, go] = useLocation();
  const [pausing, setPausing] = useState(false);
  const [tried, setTried] = useState<Started['dryRun']>(null);
  const { job, paused, sound } = row;
  if (!useMay('operator')) return null;
  const address = `/api/jobs/${encodeURIComponent(job)}`;

  const start = async (to: 'everyone' | 'me'): Promise<void> => {
    const words = { yes: say({ zh: '发送', en: 'Send' }), no: say({ zh: '算了', en: 'Never mind' }) };
    const title = say({ zh: `现在就把 ${job} 发给所有收件人?`, en: `Send ${job} to everyone now?` });
    if (
      to === 'everyone' &&
      !(await sure(title, say({ zh: '真实的消息会马上发出。', en: 'Real messages go out at once.' }), words))
    )
      return;
    const started = await perform(
      () => act<Started>(`${address}/runs`, { to }, newKey()),
      () => null,
    );
    if (started?.run) go(`/runs/${started.run.id}`);
  };
  const dryRun = async (): Promise<void> => {
    const started = await perform(
      () => act<Started>(`${address}/runs`, { dryRun: true }),
      () => null,
    );
    setTried(started?.dryRun ?? null);
  };
  const resume = (): Promise<unknown> =>
    perform(
      () => act<Row>(`${address}/resume`),
      () => say({ zh: `${job} 已恢复`, en: `${job} is resumed` }),
    );
  const menu = (
    <Dropdown.Menu>
      <Dropdown.Item disabled={!sound} onClick={() => void start('everyone')}>
        {say({ zh: '现在就发给所有人', en: 'Run now, to everyone' })}
      </Dropdown.Item>
      <Dropdown.Item disabled={!sound || owner === null} onClick={() => void start('me')}>
        {say({ zh: `只发给我(${owner ?? '没有 owner'})`, en: `Run now, to me (${owner ?? 'no owner'})` })}
      </Dropdown.Item>
      <Dropdown.Item disabled={!sound} onClick={() => void dryRun()}>
        {say({ zh: '演练,不发', en: 'Dry run' })}
      </Dropdown.Item>
      <Dropdown.Divider />
      {paused === null ? (
        <Dropdown.Item onClick={() => setPausing(true)}>{say({ zh: '暂停…', en: 'Pause…' })}</Dropdown.Item>
      ) : (
        <Dropdown.Item onClick={() => void resume()}>{say({ zh: '恢复', en: 'Resume' })}</Dropdown.Item>
      )}
    </Dropdown.Menu>
  );
  return (
    <>
      <Dropdown trigger="click" position="bottomRight" render={menu} clickToHide>
        {/* an element of the page's own: Semi asks it where it is */}
        <span>
          <Button
            loading={doing}
            theme={small ? 'borderless' : 'solid'}
            aria-label={`${say({ zh: '操作', en: 'Act' })} ${job}`}
          >
            {small ? '⋯' : say({ zh: '操作', en: 'Act' })}
          </Button>
        </span>
      </Dropdown>
      {pausing && <PauseForm job={job} close={() => setPausing(false)} />}
      {tried !== null && <DryRun of={tried} close={() => setTried(null)} />}
    </>
  );
};
