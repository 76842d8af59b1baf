import { CommanderError, Command as Program } from 'commander';
import { actWords } from '../acts/words.ts';
import { failure } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Lang, Text } from '../model/text.ts';
import { VERSION } from '../version.ts';
import type { Act, Command, Option, Options } from './command.ts';
import { COMMANDS, GLOBAL_OPTIONS, HELP_OPTION, VERSION_OPTION } from './commands.ts';
import { cliWords } from './words.ts';

export interface Flags {
  readonly config: string | null;
  readonly folder: string | null;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly sandbox: boolean;
}

export type Call =
  | { readonly is: 'text'; readonly text: string }
  | {
      readonly is: 'call';
      readonly load: () => Promise<Act>;
      readonly args: readonly string[];
      readonly options: Options;
      readonly flags: Flags;
    };

/**
 * --lang, else LARKCRON_LANG, else the terminal's language; null when none of them says (cron's environment, the C
 * locale): then the settings decide.
 */
export const langOf = (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Lang | null => {
  const at = argv.indexOf('--lang');
  const given = at >= 0 ? argv[at + 1] : argv.find((arg) => arg.startsWith('--lang='))?.slice(7);
  const names = [
    given,
    environment['LARKCRON_LANG'],
    environment['LC_ALL'],
    environment['LC_MESSAGES'],
    environment['LANG'],
  ];
  const locale = names.find((name) => name !== undefined && name !== '');
  if (locale === undefined || /^(C|POSIX)\b/.test(locale)) return null;
  return /^zh/i.test(locale) ? 'zh' : 'en';
};

const HEADINGS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: {},
  zh: {
    'Usage:': '用法:',
    'Arguments:': '参数:',
    'Options:': '选项:',
    'Commands:': '命令:',
    'Global Options:': '通用选项:',
  },
};

const addOption = (program: Program, { flags, summary, many }: Option, lang: Lang): void => {
  if (many === true) program.option(flags, summary[lang], (value: string, all: string[] = []) => [...all, value]);
  else program.option(flags, summary[lang]);
};

const build = (
  spec: Command,
  lang: Lang,
  chosen: (call: { spec: Command; args: string[]; options: Options }) => void,
): Program => {
  const program = new Program(spec.name).summary(spec.summary[lang]).description(spec.summary[lang]);
  if (spec.alias !== undefined) program.alias(spec.alias);
  if (spec.args !== undefined) program.arguments(spec.args);
  for (const option of [...(spec.options ?? []), ...GLOBAL_OPTIONS]) addOption(program, option, lang);
  for (const inner of spec.commands ?? []) program.addCommand(build(inner, lang, chosen));
  if (spec.load !== undefined) {
    program.action(() => chosen({ spec, args: program.args, options: program.optsWithGlobals() as Options }));
  }
  return program;
};

/** Applies to every level: nothing exits, nothing prints; errors come out as exceptions. */
const tame = (program: Program, lang: Lang, written: string[]): void => {
  program.exitOverride();
  program.configureOutput({ writeOut: (text) => written.push(text), writeErr: () => {} });
  program.configureHelp({ styleTitle: (title) => HEADINGS[lang][title] ?? title });
  program.helpOption(HELP_OPTION.flags, HELP_OPTION.summary[lang]);
  program.helpCommand(false);
  for (const inner of program.commands) tame(inner, lang, written);
};

const nameOf = (error: CommanderError): string | undefined => /'([^' ]+)[^']*'/.exec(error.message)?.[1];

const complain = (error: CommanderError, argv: readonly string[]) => {
  const spec = COMMANDS.find(({ name, alias }) => argv.includes(name) || (alias !== undefined && argv.includes(alias)));
  const command = spec?.name ?? '';
  const flagsOf = (options: readonly Option[] = []) => options.flatMap(({ flags }) => flags.match(/--?[\w-]+/g) ?? []);
  const [name = ''] = [nameOf(error)];
  if (error.code === 'commander.unknownOption') {
    const known = [
      ...flagsOf(GLOBAL_OPTIONS),
      ...flagsOf(spec?.options),
      ...(spec?.commands ?? []).flatMap((inner) => flagsOf(inner.options)),
    ];
    return failure(
      cliWords,
      'unknown-option',
      { option: name, suggestion: nearest(name, known), command },
      { status: 2 },
    );
  }
  // a verb that does something by itself and has verbs of its own takes no other words
  const inner = error.code === 'commander.excessArguments' && spec?.commands !== undefined && spec.load !== undefined;
  if (
    error.code === 'commander.unknownCommand' ||
    (error.code === 'commander.excessArguments' && command === '') ||
    (inner && !spec.commands.some((each) => argv.includes(each.name)))
  ) {
    const known = (spec?.commands ?? COMMANDS).map((each) => each.name);
    const words = argv.slice(inner ? argv.indexOf(command) + 1 : 0).filter((arg) => !arg.startsWith('-'));
    const written = name === '' || inner ? (words[0] ?? '') : name;
    return failure(
      cliWords,
      'unknown-command',
      { name: written, suggestion: nearest(written, known), known },
      { status: 2 },
    );
  }
  return failure(cliWords, 'command-line', { why: error.message.replace(/^error: /, ''), command }, { status: 2 });
};

const LANGS: Text = { zh: 'zh 或 en', en: 'zh or en' };

/** Reads the command line: a verb to call, or a text (help, version) to print. Throws with status 2 for anything else. */
export const parse = async (argv: readonly string[], lang: Lang): Promise<Call> => {
  let found: { spec: Command; args: string[]; options: Options } | null = null;
  const written: string[] = [];
  const root = build(
    {
      name: 'larkcron',
      summary: {
        zh: '飞书/Lark 的 cron:按时以应用机器人发消息卡片,并证明已送达',
        en: 'cron for Feishu and Lark: message cards on time, as the app’s bot, proven to have arrived',
      },
      commands: COMMANDS,
    },
    lang,
    (call) => {
      found = call;
    },
  );
  root.version(VERSION, VERSION_OPTION.flags, VERSION_OPTION.summary[lang]);
  tame(root, lang, written);
  try {
    if (argv.length === 0) return { is: 'text', text: root.helpInformation().trimEnd() };
    await root.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (
      error.code === 'commander.version' ||
      error.code === 'commander.helpDisplayed' ||
      error.code === 'commander.help'
    ) {
      return { is: 'text', text: (written.join('') || root.helpInformation()).trimEnd() };
    }
    throw complain(error, argv);
  }
  const call = found as { spec: Command; args: string[]; options: Options } | null;
  if (call === null || call.spec.load === undefined) return { is: 'text', text: root.helpInformation().trimEnd() };
  const { options } = call;
  const asked = options['lang'];
  if (typeof asked === 'string' && asked !== 'zh' && asked !== 'en')
    throw failure(actWords, 'bad-value', { option: '--lang', value: asked, expected: LANGS }, { status: 2 });
  const flags: Flags = {
    config: typeof options['config'] === 'string' ? options['config'] : null,
    folder: typeof options['C'] === 'string' ? options['C'] : null,
    json: options['json'] === true,
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
    sandbox: options['sandbox'] === true,
  };
  const load = typeof options['server'] === 'string' ? (call.spec.remote ?? call.spec.load) : call.spec.load;
  return { is: 'call', load, args: call.args, options, flags };
};
