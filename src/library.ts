import { resolve } from 'node:path';
import { systemClock } from './base/clock.ts';
import { createRedactor } from './base/redact.ts';
import type { Act, Options } from './cli/command.ts';
import { createContext } from './cli/context.ts';
import { createOutput } from './cli/output.ts';
import { jobOfInput } from './config/code-job.ts';
import type { Project } from './config/load.ts';
import type { Problem } from './model/errors.ts';
import type { Larkcron, LarkcronOptions, RunReport, SendInput } from './typescript/larkcron.ts';

/** A project with a job that stands in no file; one with faults takes the place of none. */
const withJob =
  (job: { readonly name: string }) =>
  (project: Project): Project => {
    const problems: Problem[] = [];
    const webhooks = new Map(project.webhooks);
    const read = jobOfInput(job, project.file, { environment: project.environment, problems, webhooks });
    return {
      ...project,
      jobs: [...project.jobs.filter(({ name }) => name !== job.name), ...(read === null ? [] : [read])],
      jobNames: [...new Set([...project.jobNames, job.name])],
      problems: new Map([...project.problems, [job.name, problems]]),
      webhooks,
    };
  };

/**
 * The verbs of the command line for a program: the same settings, ledger and promises, side by side with crontab and
 * `start`. Each call opens what it needs and closes it; errors are thrown as LarkcronError. Nothing is printed, and the
 * host's process is left as it is: no signals, no time zone.
 */
export const createLarkcron = ({ config, sandbox = false, lang = 'en' }: LarkcronOptions = {}): Larkcron => {
  const abort = new AbortController();
  const calls = new Set<Promise<unknown>>();

  const perform = async (
    act: Act,
    args: readonly string[],
    options: Options,
    job?: { readonly name: string },
  ): Promise<RunReport> => {
    const closers: (() => Promise<void>)[] = [];
    const redact = createRedactor([]);
    let printed = '';
    const nothing = { write: () => true };
    const context = createContext({
      out: createOutput(
        { stdout: { write: (text: string) => (printed += text) }, stderr: nothing, stdin: {} },
        { lang, json: true, quiet: true, color: false, hide: redact.hide },
      ),
      clock: systemClock,
      environment: { ...process.env },
      redact,
      signal: abort.signal,
      flags: { config: config === undefined ? null : resolve(config), folder: null, sandbox, verbose: false },
      onClose: (close) => closers.unshift(close),
      ownsProcess: false,
      ...(job === undefined ? {} : { given: { name: job.name, into: withJob(job) } }),
    });
    try {
      await act({ args, options }, context);
      return JSON.parse(printed) as RunReport;
    } finally {
      for (const close of closers) await close();
    }
  };

  const call = <T>(work: Promise<T>): Promise<T> => {
    const tracked = work.finally(() => calls.delete(tracked));
    calls.add(tracked);
    return tracked;
  };

  return {
    run: (job, { to = [], due, force = false, dryRun = false, wait } = {}) =>
      call(
        (async () => {
          const { run } = await import('./cli/commands/run.ts');
          const name = typeof job === 'string' ? job : job.name;
          const options: Options = {
            to: typeof to === 'string' ? [to] : to,
            due: due instanceof Date ? due.toISOString() : due,
            force,
            dryRun,
            wait,
            yes: true,
          };
          return perform(run, [name], options, typeof job === 'string' ? undefined : job);
        })(),
      ),
    send: (message) =>
      call(
        (async () => {
          const { send } = await import('./cli/commands/send.ts');
          return perform(send, [], optionsOf(message));
        })(),
      ),
    close: async () => {
      abort.abort('SIGTERM');
      await Promise.allSettled(calls);
    },
  };
};

const optionsOf = ({ to, buttons = [], card, ...more }: SendInput): Options => ({
  ...more,
  to: typeof to === 'string' ? [to] : to,
  button: buttons.map(({ text, url }) => `${text}=${url}`),
  ...(card === undefined ? {} : { card: JSON.stringify(card) }),
});
