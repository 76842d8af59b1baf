import { isAbsolute, resolve } from 'node:path';
import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import type { Redactor } from '../base/redact.ts';
import { findSettings } from '../config/find.ts';
import type { Environment } from '../config/interpolate.ts';
import { loadProject, type Project } from '../config/load.ts';
import type { LogEvent } from '../model/log-event.ts';
import { traceEndpoint } from '../trace/endpoint.ts';
import type { Tracing } from '../trace/tracing.ts';
import { VERSION } from '../version.ts';
import type { Output } from './output.ts';
import { cliWords } from './words.ts';

/** What every command works with. Nothing in it is opened before it is asked for. */
export interface Context {
  readonly out: Output;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly redact: Redactor;
  readonly signal: AbortSignal;
  /** the folder commands work in */
  readonly cwd: string;
  readonly config: string | null;
  readonly sandbox: boolean;
  readonly verbose: boolean;
  settingsFile(): string;
  project(only?: readonly string[] | null): Project;
  /** an app that is closed when the command is over */
  app(project: Project, watch?: (event: LogEvent) => void, handOver?: AbortSignal): Promise<App>;
}

export interface ContextOptions {
  readonly out: Output;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly redact: Redactor;
  readonly signal: AbortSignal;
  readonly flags: {
    readonly config: string | null;
    readonly folder: string | null;
    readonly sandbox: boolean;
    readonly verbose: boolean;
  };
  readonly onClose: (close: () => Promise<void>) => void;
  /** the process is ours alone: its time zone may be set */
  readonly ownsProcess: boolean;
  /** a job that stands in no file, beside those that do */
  readonly given?: { readonly name: string; readonly into: (project: Project) => Project };
}

export const createContext = ({
  out,
  clock,
  environment,
  redact,
  signal,
  flags,
  onClose,
  ownsProcess,
  given,
}: ContextOptions): Context => {
  const cwd = resolve(flags.folder ?? '.');
  const settingsFile = (): string => {
    const named = flags.config ?? environment['LARKCRON_CONFIG'] ?? null;
    return findSettings({
      named: named === null || named === '' || isAbsolute(named) ? named || null : resolve(cwd, named),
      from: cwd,
    });
  };
  let traced: Promise<Tracing> | null = null;
  /** Null: nobody asked for traces, and nothing of them is loaded. */
  const tracing = async (): Promise<Tracing | null> => {
    const url = traceEndpoint(environment);
    if (url === null) return null;
    traced ??= import('../trace/tracing.ts').then(({ createTracing }) => {
      const made = createTracing({
        ...{ url, clock, environment, version: VERSION, hide: redact.hide },
        tell: (why) => out.remark(cliWords['traces-not-taken']({ url, why })),
      });
      onClose(made.close);
      return made;
    });
    return traced;
  };
  const context: Context = {
    out,
    clock,
    environment,
    redact,
    signal,
    cwd,
    config: flags.config,
    sandbox: flags.sandbox,
    verbose: flags.verbose,
    settingsFile,
    project: (only = null) => {
      const project = loadProject(settingsFile(), environment, {
        only: only === null ? null : only.filter((name) => name !== given?.name),
        defaults: flags.sandbox ? SANDBOX_ENVIRONMENT : {},
      });
      // local times then need no Intl, whose first use costs 20 ms of each push; children get the original environment
      if (ownsProcess) process.env['TZ'] = project.settings.timezone;
      return given === undefined ? project : given.into(project);
    },
    app: async (project, watch, handOver) => {
      const { createApp } = await import('../app.ts');
      const used = flags.sandbox ? await (await import('./sandboxed.ts')).sandboxed(project, clock, onClose) : project;
      const traces = await tracing();
      const app = createApp(used, {
        clock,
        redact,
        stderr: out.note,
        signal,
        ...(handOver === undefined ? {} : { handOver }),
        watch: (event) => {
          watch?.(event);
          traces?.watch(event);
          if (flags.verbose) void showLine(event, out);
        },
      });
      onClose(app.close);
      return app;
    },
  };
  return context;
};

/** With --sandbox nobody needs an app: these stand in where the settings name variables that are not set. */
const SANDBOX_ENVIRONMENT: Environment = { FEISHU_APP_ID: 'cli_sandbox', FEISHU_APP_SECRET: 'sandbox-secret' };

const showLine = async (event: LogEvent, out: Output): Promise<void> => {
  const { logLine } = await import('../log-lines.ts');
  const { level, words, fields } = logLine(event, out.lang);
  const given = Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
  out.note(`[${level.toUpperCase()}] ${words} ${given.join(' ')}`);
};
