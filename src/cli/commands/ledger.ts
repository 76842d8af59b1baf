import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { shownUrl } from '../../base/shown-url.ts';
import { placeOf } from '../../config/ledger-place.ts';
import { loadProject } from '../../config/load.ts';
import type { Upkeep } from '../../ledger/ledger.ts';
import { faultInWords } from '../../ledger/words.ts';
import { failure } from '../../model/errors.ts';
import type { LedgerPlace } from '../../model/settings.ts';
import type { Act } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

/** The ledger's file, of the project or of its sandbox; there has to be one. */
const upkeepOf = async (context: Context): Promise<{ file: string; upkeep: Upkeep }> => {
  const app = await context.app(context.project([]));
  const { ledger } = app.project.settings;
  if (ledger.is === 'sqlite' && !existsSync(ledger.file))
    throw failure(cliWords, 'file-missing', { path: ledger.file }, { status: 2 });
  return { file: ledger.is === 'sqlite' ? ledger.file : shownUrl(ledger.url), upkeep: await app.upkeep() };
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** `larkcron ledger backup FILE`: a consistent copy, while others go on writing. */
export const backup: Act = async ({ args }, context) => {
  const { out, cwd } = context;
  const { file, upkeep } = await upkeepOf(context);
  const to = resolve(cwd, args[0] ?? '');
  // SQLite says nothing while it copies: how much there is has to do
  if (out.interactive && existsSync(file))
    out.note(
      out.say({ zh: `正在复制 ${megabytes(statSync(file).size)}…`, en: `copying ${megabytes(statSync(file).size)}…` }),
    );
  const { bytes } = await upkeep.backup(to);
  out.line(out.say({ zh: `✓ 已备份到 ${to}(${megabytes(bytes)})`, en: `✓ backed up to ${to} (${megabytes(bytes)})` }));
  out.data({ file: to, bytes });
  return 0;
};

/** `larkcron ledger check`: reads all of it, and changes nothing. Exit 1 where something is wrong in it. */
export const check: Act = async (_call, context) => {
  const { out } = context;
  const { file, upkeep } = await upkeepOf(context);
  const { faults, ...state } = await upkeep.check();
  const size = `${megabytes(state.bytes)}, ${megabytes(state.freeBytes)}`;
  out.line(
    out.say({
      zh: `${file}:结构 ${state.version},${state.runs} 次运行,${state.deliveries} 条投递,大小 ${megabytes(state.bytes)}(空闲 ${megabytes(state.freeBytes)})`,
      en: `${file}: schema ${state.version}, ${state.runs} runs, ${state.deliveries} deliveries, size and free: ${size}`,
    }),
  );
  for (const fault of faults) out.line(`✗ ${out.say(faultInWords(fault))}`);
  if (faults.length === 0) out.line(out.say({ zh: '✓ 没有发现问题', en: '✓ nothing wrong in it' }));
  out.data({ file, ...state, faults: faults.map((fault) => ({ ...fault, message: out.say(faultInWords(fault)) })) });
  return faults.length === 0 ? 0 : 1;
};

/** A ledger as a command line may name it, without a password: a settings' file, or `env:NAME` with an address. */
const placeNamed = (written: string, { cwd, environment }: Context): LedgerPlace => {
  const name = /^env:(.+)$/.exec(written)?.[1];
  if (name === undefined) {
    const file = resolve(cwd, written);
    if (!existsSync(file)) throw failure(cliWords, 'file-missing', { path: file }, { status: 2 });
    return loadProject(file, environment, { only: [] }).settings.ledger;
  }
  const place = placeOf(environment[name] ?? '', cwd);
  if (place === null) throw failure(cliWords, 'no-ledger-in', { name }, { status: 2 });
  return place;
};

/** `larkcron ledger copy SOURCE TARGET`: history, state and incidents into another ledger, which may be of another kind. */
export const copy: Act = async ({ args }, context) => {
  const { out } = context;
  const [source, target] = [placeNamed(args[0] ?? '', context), placeNamed(args[1] ?? '', context)];
  const { copyLedgerRows } = await import('../../copy-ledger.ts');
  const onTable = (table: string): void => {
    if (out.interactive) out.note(out.say({ zh: `正在复制 ${table}…`, en: `copying ${table}…` }));
  };
  const copied = await copyLedgerRows(source, target, { onTable });
  for (const { table, rows } of copied) if (rows > 0) out.line(`✓ ${table}  ${rows}`);
  out.line(
    out.say({
      zh: '已复制,逐表比对过数目和内容。现在可以在 larkcron.yaml 里改用新的账本了。',
      en: 'Copied; each table was counted and compared. Now `ledger` in larkcron.yaml may name the new one.',
    }),
  );
  out.data({ tables: Object.fromEntries(copied.map(({ table, rows }) => [table, rows])) });
  return 0;
};
