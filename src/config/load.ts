import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { failure, isError, LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import type { Settings, Webhook } from '../model/settings.ts';
import { chineseYears } from './calendar-files.ts';
import { nodeOfJobFile } from './code-job.ts';
import type { Environment } from './interpolate.ts';
import { readJob } from './jobs.ts';
import { readSettings, type SettingsFile } from './settings.ts';
import type { Reading } from './shape.ts';
import { configWords } from './words.ts';
import { parseYaml } from './yaml.ts';

/** A user's project as read: sound jobs, and every finding about the others. */
export interface Project {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly jobs: readonly Job[];
  /** names of all job files, sound or not */
  readonly jobNames: readonly string[];
  /** where each of them stands, by name */
  readonly jobFiles: ReadonlyMap<string, string>;
  /** findings by job name; '' for larkcron.yaml itself */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** custom bots of the settings and of the jobs that were read, by name */
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly file: SettingsFile;
}

const read = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw failure(
      configWords,
      'file-unreadable',
      { path: file, why: (error as Error).message },
      { status: 2, cause: error },
    );
  }
};

/** `.env` beside the settings, then the real environment, which wins. An empty value is no value. */
const environmentOf = (directory: string, real: Environment, defaults: Environment): Environment => {
  const file = join(directory, '.env');
  const written = existsSync(file) ? withoutEmpty(parseEnv(read(file))) : {};
  return { ...defaults, ...written, ...withoutEmpty(real) };
};
const withoutEmpty = (environment: Environment) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));

const jobFiles = (directory: string): readonly string[] => {
  const folder = join(directory, 'jobs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(ya?ml|ts)$/.test(name) && !name.startsWith('_') && !name.startsWith('.'))
    .sort()
    .map((name) => join(folder, name));
};

/**
 * Reads the settings and the job files named (null: all). A broken job does not stop the others: its findings are in
 * `problems`. Throws `bad-settings` with all findings when larkcron.yaml itself is broken, `unknown-job` for a name
 * without a file.
 */
export const loadProject = (
  settingsFile: string,
  real: Environment,
  {
    only = null,
    defaults = {},
    text = null,
  }: {
    only?: readonly string[] | null;
    defaults?: Environment;
    /** in place of what the settings' file says */
    text?: string | null;
  } = {},
): Project => {
  const directory = dirname(settingsFile);
  const environment = environmentOf(directory, real, defaults);
  const problems: Problem[] = [];
  const root = parseYaml(text ?? read(settingsFile), settingsFile, problems);
  const webhooks = new Map<string, Webhook>();
  const file =
    root === null
      ? null
      : readSettings(root, settingsFile, chineseYears(directory, problems), { environment, problems, webhooks });
  if (file === null) throw badSettings(problems);

  const byName = new Map<string, Problem[]>([['', problems]]);
  const jobs: Job[] = [];
  const files = new Map<string, string>();
  for (const path of jobFiles(directory)) {
    const name = basename(path, extname(path));
    const other = files.get(name);
    if (other !== undefined) {
      byName.set(name, [
        problem(configWords, 'duplicate-job', { name, other }, { at: { file: path, line: 1, column: 1 } }),
      ]);
      continue;
    }
    files.set(name, path);
  }
  const names = [...files.keys()];
  for (const name of only ?? []) {
    if (!files.has(name))
      throw failure(
        configWords,
        'unknown-job',
        { name, known: names, suggestion: nearest(name, names) },
        { status: 2 },
      );
  }
  for (const [name, path] of files) {
    if ((only !== null && !only.includes(name)) || byName.has(name)) continue;
    const found: Problem[] = [];
    const job = loadJob(name, path, file, { environment, problems: found, webhooks });
    if (found.length > 0) byName.set(name, found);
    if (job !== null) jobs.push(job);
  }
  return {
    settings: file.settings,
    environment,
    jobs,
    jobNames: names,
    jobFiles: files,
    problems: byName,
    webhooks,
    file,
  };
};

const loadJob = (name: string, path: string, of: SettingsFile, reading: Reading): Job | null => {
  const { problems } = reading;
  try {
    const node = path.endsWith('.ts') ? nodeOfJobFile(path, reading) : parseYaml(read(path), path, problems);
    return node === null ? null : readJob(node, { name, file: path }, of, reading);
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
    problems.push({
      code: error.code,
      ...error.explanation,
      severity: 'error',
      at: { file: path, line: 1, column: 1 },
      path: null,
    });
    return null;
  }
};

/** Everything wrong with what the user wrote, as one refusal: nothing is sent. */
export const badSettings = (problems: readonly Problem[]): LarkcronError =>
  failure(configWords, 'bad-settings', { count: problems.filter(isError).length }, { status: 2, problems });

/** The named jobs, all sound; else every finding about them at once (`bad-settings`, exit 2), and nothing is done. */
export const soundJobs = (project: Project, names: readonly string[]): readonly Job[] => {
  const faults = names.flatMap((name) => project.problems.get(name) ?? []).filter(isError);
  if (faults.length > 0) throw badSettings(faults);
  return names.flatMap((name) => project.jobs.filter((job) => job.name === name));
};
