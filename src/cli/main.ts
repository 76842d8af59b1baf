import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { createRedactor } from '../base/redact.ts';
import { findSettings } from '../config/find.ts';
import { failure, LarkcronError } from '../model/errors.ts';
import type { Lang } from '../model/text.ts';
import type { ExitStatus } from './command.ts';
import { createContext } from './context.ts';
import { createOutput } from './output.ts';
import { langOf, parse } from './parse.ts';
import { cliWords } from './words.ts';

/** A copy: what is changed in process.env later (the time zone) is not handed to anybody. */
const environment = { ...process.env };
const argv = process.argv.slice(2);
const redact = createRedactor([]);
const abort = new AbortController();
const closers: (() => Promise<void>)[] = [];
let interrupted: ExitStatus | null = null;

const interrupt = (status: 130 | 143) => (): void => {
  if (interrupted !== null) process.exit(status); // asked twice: at once
  interrupted = status;
  abort.abort(status === 130 ? 'SIGINT' : 'SIGTERM');
};
process.on('SIGINT', interrupt(130));
process.on('SIGTERM', interrupt(143));
// `larkcron … | head`: the reader has seen enough, which is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

/** What larkcron.yaml says, looked at before it is read: its own errors are to be in that language, too. */
const settingsLang = (): Lang => {
  const given = (option: string): string | undefined =>
    argv.includes(option) ? argv[argv.indexOf(option) + 1] : undefined;
  try {
    const named = given('--config') ?? environment['LARKCRON_CONFIG'];
    const file = findSettings({ named: named || null, from: resolve(given('-C') ?? '.') });
    return /^lang:\s*["']?en\b/m.test(readFileSync(file, 'utf8')) ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
};

const main = async (): Promise<ExitStatus> => {
  const lang = langOf(argv, environment) ?? settingsLang();
  const color = environment['NO_COLOR'] === undefined && environment['TERM'] !== 'dumb';
  const output = (json: boolean, quiet: boolean, speak = lang) =>
    createOutput(process, { lang: speak, json, quiet, color, hide: redact.hide });
  let told: string | null = null;
  try {
    const call = await parse(argv, lang);
    if (call.is === 'text') {
      output(false, false).result(call.text);
      return 0;
    }
    const { flags } = call;
    const context = createContext({
      out: output(flags.json, flags.quiet, lang),
      clock: systemClock,
      environment,
      redact,
      signal: abort.signal,
      flags,
      onClose: (close) => closers.unshift(close),
      ownsProcess: true,
    });
    return await (await call.load())(call, context);
  } catch (error) {
    const known =
      error instanceof LarkcronError
        ? error
        : failure(cliWords, 'bug', { why: (error as Error).message ?? String(error) }, { status: 70, cause: error });
    told = known.code;
    const out = output(argv.includes('--json'), false);
    out.failure(known);
    if (known.status === 70 && (argv.includes('-v') || argv.includes('--verbose')))
      out.note((error as Error).stack ?? '');
    return known.status;
  } finally {
    for (const close of closers) {
      await close().catch((error: unknown) => {
        const known = error instanceof LarkcronError ? error : failure(cliWords, 'bug', { why: String(error) });
        if (known.code !== told) output(argv.includes('--json'), false).note(known.explanation.message[lang]);
      });
    }
  }
};

const status = await main();
process.exitCode = interrupted ?? status;
// nothing may keep a finished command waiting: no idle socket, no timer
if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
