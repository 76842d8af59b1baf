import { existsSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findSettings } from '../../config/find.ts';
import { failure, LarkcronError } from '../../model/errors.ts';
import { MINUTE } from '../../model/time.ts';
import { type UnitPlaces, unitName, unitText } from '../../wake/systemd.ts';
import { wakeWords } from '../../wake/words.ts';
import { type Act, flag } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

type Options = Parameters<Act>[0]['options'];

const places = (options: Options, context: Context): UnitPlaces => {
  if (flag(options, 'user') && flag(options, 'system'))
    throw failure(cliWords, 'user-or-system', undefined, { status: 2 });
  const config = realpathSync(findSettings({ named: context.config, from: context.cwd }));
  const system = flag(options, 'system') || (!flag(options, 'user') && process.getuid?.() === 0);
  return {
    node: process.execPath,
    program: realpathSync(process.argv[1] ?? ''),
    config,
    scope: system ? 'system' : 'user',
    uid: statSync(dirname(config)).uid,
  };
};

const fileOf = ({ config, scope }: UnitPlaces, { environment }: Context): string => {
  const name = unitName(config);
  if (scope === 'system') return join('/etc/systemd/system', name);
  const home = environment['XDG_CONFIG_HOME'] || join(environment['HOME'] ?? homedir(), '.config');
  return join(home, 'systemd', 'user', name);
};

/** `systemctl …`; throws what it said. */
const systemctl = async (at: UnitPlaces, args: readonly string[], context: Context): Promise<void> => {
  const { runCommand } = await import('../../source/command.ts');
  const names = ['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'DBUS_SESSION_BUS_ADDRESS'];
  const env = Object.fromEntries(
    names.flatMap((name) => (context.environment[name] === undefined ? [] : [[name, context.environment[name]]])),
  );
  const scope = at.scope === 'user' ? ['--user'] : [];
  try {
    await runCommand({
      argv: ['systemctl', ...scope, ...args],
      cwd: dirname(at.config),
      env,
      input: '',
      timeout: MINUTE,
      signal: context.signal,
    });
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
    throw failure(
      wakeWords,
      'systemctl-failed',
      { command: args.join(' '), why: error.explanation.message },
      { cause: error },
    );
  }
};

/** `larkcron systemd show`: the unit, to put where it belongs by hand. */
export const show: Act = async ({ options }, context) => {
  const at = places(options, context);
  const file = fileOf(at, context);
  context.out.result(unitText(at).trimEnd());
  context.out.data({ name: unitName(at.config), file, unit: unitText(at) });
  return 0;
};

/** `larkcron systemd install`: the unit in its place, enabled and started. What systemd refuses leaves nothing behind. */
export const install: Act = async ({ options }, context) => {
  const { out } = context;
  const at = places(options, context);
  context.project(); // what cannot be read is not made to start with the machine
  const [file, name] = [fileOf(at, context), unitName(at.config)];
  // may be written by nobody else, and has to be there for the unit to write into it
  mkdirSync(join(dirname(at.config), '.larkcron'), { recursive: true, mode: 0o700 });
  const before = existsSync(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, unitText(at));
  try {
    await systemctl(at, ['daemon-reload'], context);
    await systemctl(at, ['enable', '--now', name], context);
    if (before) await systemctl(at, ['restart', name], context);
  } catch (error) {
    if (!before) rmSync(file, { force: true });
    throw error;
  }
  out.line(out.say({ zh: `✓ 已安装并启动 ${name}`, en: `✓ ${name} is installed and started` }));
  out.line(`  ${file}`);
  const user = at.scope === 'user';
  out.line(`  systemctl ${user ? '--user ' : ''}status ${name}`);
  if (user)
    out.line(
      out.say({
        zh: '  没有人登录时也要工作:loginctl enable-linger',
        en: '  to work while nobody is logged in: loginctl enable-linger',
      }),
    );
  out.data({ name, file, scope: at.scope });
  return 0;
};

/** `larkcron systemd remove`: stopped, disabled and gone. */
export const remove: Act = async ({ options }, context) => {
  const { out } = context;
  const at = places(options, context);
  const [file, name] = [fileOf(at, context), unitName(at.config)];
  if (!existsSync(file)) {
    out.line(out.say({ zh: `没有装过 ${name}`, en: `${name} is not installed` }));
    out.data({ name, file, removed: false });
    return 0;
  }
  await systemctl(at, ['disable', '--now', name], context);
  rmSync(file);
  await systemctl(at, ['daemon-reload'], context);
  out.line(out.say({ zh: `✓ 已停下并去掉 ${name}`, en: `✓ ${name} is stopped and removed` }));
  out.data({ name, file, removed: true });
  return 0;
};
