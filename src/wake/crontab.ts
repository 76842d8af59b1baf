import { spawn } from 'node:child_process';
import { failure } from '../model/errors.ts';
import { wakeWords } from './words.ts';

/** Absolute paths that a crontab line needs: cron's own PATH holds next to nothing. */
export interface CrontabPlaces {
  readonly node: string;
  readonly program: string;
  readonly config: string;
  readonly log: string;
}

/** For cron's shell; and `%`, which cron itself reads as a line break. */
const quoted = (word: string): string =>
  (/^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`).replaceAll('%', '\\%');

const line = (when: string, words: readonly string[]): string => `${when} ${words.map(quoted).join(' ')}`;

export const tickLine = ({ node, program, config, log }: CrontabPlaces): string =>
  `${line('* * * * *', [node, program, 'tick', '--config', config, '--quiet'])} >> ${quoted(log)} 2>&1`;

/** One line for one job: the same occurrence as tick's and the daemon's, so both together send once. */
export const jobLine = ({
  node,
  program,
  config,
  crons,
  job,
}: Omit<CrontabPlaces, 'log'> & { crons: readonly string[]; job: string }): string => {
  const [cron = ''] = crons;
  const usable =
    crons.length === 1 &&
    (/^@\w+$/.test(cron) || cron.trim().split(/\s+/).length === 5) &&
    !/[LW#?]/i.test(cron.replace(/[A-Z]{3}/gi, ''));
  if (!usable) throw failure(wakeWords, 'no-crontab-line', { cron: crons.join(', ') }, { status: 2 });
  return line(cron.trim(), [node, program, 'run', job, '--due', 'last', '--config', config, '--quiet']);
};

const opening = (project: string): string => `# >>> larkcron: ${project} >>>`;
const closing = (project: string): string => `# <<< larkcron: ${project} <<<`;

/** Where a project's block stands in a crontab, marks and final line break included. */
const find = (crontab: string, project: string): { from: number; to: number } | null => {
  const start = new RegExp(`^${literally(opening(project))}\\r?$`, 'm').exec(crontab);
  if (start === null) return null;
  const rest = crontab.slice(start.index);
  const end = new RegExp(`^${literally(closing(project))}\\r?(?:\\n|$)`, 'm').exec(rest);
  return end === null ? null : { from: start.index, to: start.index + end.index + end[0].length };
};

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The lines of a project's block, or null. */
export const blockOf = (crontab: string, project: string): string[] | null => {
  const at = find(crontab, named(project));
  return at === null ? null : crontab.slice(at.from, at.to).trimEnd().split(/\r?\n/).slice(1, -1);
};

/** The crontab with the project's block set to these lines: replaced where it stands, else added at the end. */
export const withBlock = (crontab: string, lines: readonly string[], project: string): string => {
  const name = named(project);
  const block = `${[opening(name), ...lines.map(bytesAsCharacters), closing(name)].join('\n')}\n`;
  const at = find(crontab, name);
  if (at !== null) return crontab.slice(0, at.from) + block + crontab.slice(at.to);
  return crontab + (crontab === '' || crontab.endsWith('\n') ? '' : '\n') + block;
};

export const withoutBlock = (crontab: string, project: string): string => {
  const at = find(crontab, named(project));
  return at === null ? crontab : crontab.slice(0, at.from) + crontab.slice(at.to);
};

/**
 * A crontab is bytes, in whatever encoding its owner used. It is handled as latin1, where every byte is a character
 * and comes back unchanged; our own text is put into that form.
 */
const bytesAsCharacters = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const named = (project: string): string => bytesAsCharacters(project.replaceAll('\n', ' '));

const run = (
  args: readonly string[],
  input: string | null,
  path: string | undefined,
): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn('crontab', args, { env: { PATH: path ?? '/usr/bin:/bin', LC_ALL: 'C' }, stdio: 'pipe' });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('latin1').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? failure(wakeWords, 'no-crontab', undefined)
          : failure(wakeWords, 'crontab-failed', { why: error.message }, { cause: error }),
      ),
    );
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {}); // it ended before it read: its exit says why
    child.stdin.end(Buffer.from(input ?? '', 'latin1'));
  });

/** The user's crontab, byte for character. None yet is an empty one. */
export const readCrontab = async ({ path }: { path: string | undefined }): Promise<string> => {
  const { code, stdout, stderr } = await run(['-l'], null, path);
  if (code === 0) return stdout;
  // the second is BusyBox's way to say it
  if (/no crontab for|can't open '[^']*': No such file/i.test(stderr)) return '';
  throw failure(wakeWords, 'crontab-failed', { why: stderr.trim() || `exit ${code}` });
};

export const writeCrontab = async (crontab: string, { path }: { path: string | undefined }): Promise<void> => {
  const { code, stderr } = await run(['-'], crontab, path);
  if (code !== 0) throw failure(wakeWords, 'crontab-failed', { why: stderr.trim() || `exit ${code}` });
};
