import { Link } from 'wouter';
import type { Answer } from '../api.ts';
import { useSay } from '../lang.ts';
import { moment } from '../time.ts';

type Incident = Answer<'incidents'>['open'][number];

/** A job or an app that fails: since when, why, who was told. */
export const IncidentLine = ({ incident }: { incident: Incident }) => {
  const say = useSay();
  const { subject, openedAt, closedAt, count, lastRun, cause, jobs, notice, state } = incident;
  const told =
    notice.told.length > 0
      ? say({ zh: `已通知 ${notice.told.join('、')}`, en: `told ${notice.told.join(', ')}` })
      : notice.state === 'unreachable'
        ? say({ zh: '没有一个人能通知到', en: 'nobody could be told' })
        : notice.state === 'none'
          ? say({ zh: '没有要通知的人', en: 'nobody to tell' })
          : say({ zh: '正在通知', en: 'being told' });
  const name = subject.replace(/^(job|app):/, '');
  return (
    <article className={`incident ${state === 'open' ? 'tone-bad' : 'tone-idle'}`}>
      <h3>
        {subject.startsWith('job:') ? (
          <Link href={`/jobs/${encodeURIComponent(name)}`}>{name}</Link>
        ) : (
          `${say({ zh: '应用', en: 'app' })} ${name}`
        )}
        <span className="dim">
          {say({ zh: `失败 ${count} 次`, en: `failed ${count} ×` })} · {moment(openedAt)}
          {closedAt !== null && ` → ${say({ zh: '恢复', en: 'recovered' })} ${moment(closedAt)}`}
        </span>
      </h3>
      {cause !== null && <p>{cause.message}</p>}
      <p className="dim">
        {jobs.length > 0 && !subject.startsWith('job:') && `${say({ zh: '任务', en: 'Jobs' })}: ${jobs.join('、')} · `}
        {told}
        {notice.notTold.map(({ to, message }) => ` · ${to}: ${message}`)} ·{' '}
        <Link href={`/runs/${lastRun}`}>{say({ zh: '最近一次运行', en: 'the latest run' })}</Link>
      </p>
    </article>
  );
};
