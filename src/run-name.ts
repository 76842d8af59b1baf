import type { Run } from './model/run.ts';
import type { Lang } from './model/text.ts';

/** What a notice is about, `job:NAME` or `app:NAME`, as far as its key says so; null for everything else. */
export const subjectOf = ({ kind, onceKey }: Pick<Run, 'kind' | 'onceKey'>): string | null =>
  kind === 'notice' ? (/^notice:((?:job|app):.+):\d+:\d+(?:@\d+)?$/.exec(onceKey ?? '')?.[1] ?? null) : null;

/** A run as people call it: its job, or in words what else it is, so that `notice` is not taken for a job's name. */
export const runName = (run: Pick<Run, 'job' | 'kind' | 'onceKey'>, lang: Lang): string => {
  const zh = lang === 'zh';
  if (run.kind === 'fallback') return zh ? `${run.job}(代替的纯文字卡片)` : `${run.job} (plain card instead)`;
  if (run.job !== null) return run.job;
  if (run.kind !== 'notice') return zh ? '单条消息(send)' : 'one message (send)';
  const [, what, name] = /^(job|app):(.+)$/.exec(subjectOf(run) ?? '') ?? [];
  if (name === undefined) return zh ? '通知' : 'a notice';
  if (what === 'app') return zh ? `通知:应用 ${name}` : `notice about app ${name}`;
  return zh ? `通知:任务 ${name}` : `notice about job ${name}`;
};
