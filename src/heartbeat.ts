import type { Http } from './base/http.ts';
import { isFailure } from './model/incident.ts';
import type { LogEvent, Report } from './model/log-event.ts';
import { type Ms, SECOND } from './model/time.ts';

/** What is told to the watcher: a beginning, a good end, a failure. */
export type Beat = 'start' | 'success' | 'fail';

const TIMEOUT: Ms = 10 * SECOND;
const TRIES = 2;
/** Ticks come once a minute, on the dot or not quite. */
const OFTEN: Ms = 50 * SECOND;

/** The address of a beat, by the convention of healthchecks: the URL itself for success, `/start` and `/fail` behind it. */
export const beatUrl = (url: string, beat: Beat): string => {
  if (beat === 'success') return url;
  const at = new URL(url);
  at.pathname = `${at.pathname.replace(/\/+$/, '')}/${beat}`;
  return at.href;
};

/**
 * Tells watchers elsewhere that larkcron and its jobs are alive, so that silence of this machine is noticed by them.
 * A beat that cannot be told is noted in the log, and nothing waits for it but the end of the program.
 */
export const createHeartbeat = (deps: {
  http: () => Http;
  proxyFor: (url: string) => string | null;
  report: Report;
  /** of a job; null: it has none */
  urlOf: (job: string) => string | null;
  /** of larkcron itself */
  own: string | null;
  now: () => Ms;
}) => {
  const underWay = new Set<Promise<void>>();
  let said = Number.NEGATIVE_INFINITY;

  const send = async (what: string, url: string, beat: Beat, body: string): Promise<void> => {
    let why = '';
    for (let n = 0; n < TRIES; n++) {
      const answer = await deps.http().request({
        method: 'POST',
        url: beatUrl(url, beat),
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body,
        connectTimeout: TIMEOUT,
        totalTimeout: TIMEOUT,
        maxBytes: 64 * 1024,
        proxy: deps.proxyFor(url),
      });
      if (answer.is === 'answer' && answer.status < 300) return;
      why = answer.is === 'answer' ? `HTTP ${answer.status}` : answer.why;
    }
    deps.report({ event: 'heartbeat.failed', subject: what, why });
  };

  const tell = (what: string, url: string | null, beat: Beat, body = ''): void => {
    if (url === null) return;
    const done = send(what, url, beat, body).finally(() => underWay.delete(done));
    underWay.add(done);
  };

  return {
    /** once a minute: due times are decided, the loops go round */
    alive: (): void => {
      if (deps.now() - said < OFTEN) return;
      said = deps.now();
      tell('larkcron', deps.own, 'success');
    },
    /** of runs that the job's own people get: others say nothing of how it does */
    watch: (event: LogEvent): void => {
      if (event.event !== 'run.started' && event.event !== 'run.ended') return;
      const { run } = event;
      if (run.kind !== 'job' || run.job === null || !run.ownAudience) return;
      const beat = event.event === 'run.started' ? 'start' : isFailure(run.state) ? 'fail' : 'success';
      tell(
        run.job,
        deps.urlOf(run.job),
        beat,
        run.reason === null ? run.state : `${run.state}: ${run.reason.message.en}`,
      );
    },
    /** until all that was begun is told */
    rest: async (): Promise<void> => {
      await Promise.all(underWay);
    },
  };
};
