import type { TestContext } from 'node:test';
import type { App } from '../../src/app.ts';
import { drainAll, settleRuns } from '../../src/drain.ts';
import { dueKey } from '../../src/model/run.ts';
import { HOUR, MINUTE, SECOND } from '../../src/model/time.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { appOf } from './app-of.ts';
import { createProject, SETTINGS } from './project.ts';
import { createShiftedClock } from './shifted-clock.ts';

export const TWO_APPS = SETTINGS.replace(
  'apps:',
  'apps:\n  backup: { id: cli_backup, secret: top-secret-5678, endpoint: "${FEISHU_ENDPOINT}" }',
);
export const PEOPLE = Array.from({ length: 14 }, (_, i) => `ou_p${i}`);

/** Jobs that are due again and again, Feishu that refuses them while a fault is switched on, and what the owner reads. */
export const setUpFailing = async (
  t: TestContext,
  { settings = '', job = '', to = PEOPLE.join(', '), jobs = ['sales'] as readonly string[] } = {},
) => {
  const clock = createShiftedClock();
  const sandbox = await startSandbox({ port: 0, clock, keep: null });
  t.after(() => sandbox.close());
  const files = Object.fromEntries(
    jobs.map((name) => [`jobs/${name}.yaml`, `app: default\nto: [${to}]\ntext: hello\n${job}`]),
  );
  const project = createProject({ ...files, 'larkcron.yaml': TWO_APPS + settings }, sandbox.url);
  const app: App = appOf(project, sandbox.url, clock);
  t.after(() => app.close());
  const ledger = app.ledger();

  const tick = async (): Promise<void> => {
    await drainAll(app.loops(), { jobs, plan: async () => null, deadline: clock.now() });
    await app.loops().notices.rest();
  };
  return {
    clock,
    sandbox,
    project,
    ledger,
    log: app.log,
    tick,
    /** these jobs are due, and run to their end */
    due: async (...names: readonly string[]): Promise<readonly string[]> => {
      clock.pass(SECOND);
      const ids: string[] = [];
      for (const name of names.length === 0 ? jobs : names) {
        const at = clock.now();
        const run = { kind: 'job', job: name, onceKey: dueKey(at), dueAt: at, notBefore: at } as const;
        const how = { trigger: 'schedule', ownAudience: true, deliverUntil: at + HOUR, priority: 2 } as const;
        ids.push((await ledger.runs.open({ ...run, ...how })).run.id);
      }
      await settleRuns(app.loops(), ids, { wait: 0 });
      await tick();
      // an app that was refused is asked again by one message a minute
      while ((await ledger.history.nextWork()) !== null) {
        clock.pass(MINUTE);
        await tick();
      }
      return ids;
    },
    fault: (...written: readonly string[]): void => {
      sandbox.clearFaults();
      for (const each of written) sandbox.addFault(parseFault(each));
    },
    /** what arrived at somebody who is no recipient of the jobs: title and text, and by which app */
    told: (by?: string) =>
      sandbox
        .messages()
        .filter(({ recipient, app: sender }) => !PEOPLE.includes(recipient.id) && (by === undefined || sender === by))
        .map(({ content }) => content),
    open: async () => (await ledger.history.openIncidents()).map(({ subject, tell, count }) => [subject, tell, count]),
  };
};

export const REFUSED = [...PEOPLE.slice(0, 12).map((id) => `230013:recipient=${id}`)];

/** A custom bot, as the settings name it. */
export const botNamed = (name: string): string =>
  `{ name: ${name}, webhook: "\${FEISHU_ENDPOINT}/open-apis/bot/v2/hook/0a1b2c3d-${name}" }`;
