import type { Command, Option } from '../../src/cli/command.ts';
import { COMMANDS, GLOBAL_OPTIONS, HELP_OPTION, VERSION_OPTION } from '../../src/cli/commands.ts';

const optionLine = ({ flags, summary }: Option): string =>
  `| \`${flags.replaceAll('|', '\\|')}\` | ${summary.zh}<br>${summary.en} |`;

const optionTable = (options: readonly Option[]): string[] =>
  options.length === 0 ? [] : ['', '| 选项 · option | |', '| --- | --- |', ...options.map(optionLine)];

const section = (command: Command, before: string): string[] => {
  const name = `${before} ${command.name}`;
  const alias = command.alias === undefined ? '' : ` (\`${command.alias}\`)`;
  return [
    `## \`${name}${command.args === undefined ? '' : ` ${command.args}`}\`${alias}`,
    '',
    `${command.summary.zh}。${command.summary.en}.`,
    ...optionTable(command.options ?? []),
    '',
    ...(command.commands ?? []).flatMap((inner) => section(inner, name)),
  ];
};

const STATUSES = [
  ['0', '都已送达、应当跳过,或没有到期的', 'all that it handled arrived or was rightly skipped, or nothing was due'],
  ['1', '有失败:投递、数据源、凭证被拒', 'something failed: a delivery, a source, credentials refused'],
  [
    '2',
    '命令行、设置、模板或卡片有误:有关的任务什么都没有发',
    'command line, settings, template or card is wrong: nothing was sent for the jobs concerned',
  ],
  ['3', '没有失败,但有不确定或还在等的', 'nothing failed, something is unknown or waiting'],
  ['70', 'larkcron 自己出错', 'a fault in larkcron'],
  ['130 / 143', '被中断', 'interrupted'],
] as const;

/** What the program understands beside the options of its commands. */
const ALWAYS: readonly Option[] = [VERSION_OPTION, HELP_OPTION];

/** docs/reference/commands.md: every verb with its options, and what the exit statuses mean. */
export const commandsPage = (): string =>
  [
    '# 命令 · Commands',
    '',
    '<!-- made by `npm run docs`; a test compares -->',
    '',
    ...COMMANDS.flatMap((command) => section(command, 'larkcron')),
    '## 通用选项 · for all',
    ...optionTable([...GLOBAL_OPTIONS, ...ALWAYS]),
    '',
    '## 退出状态 · exit status',
    '',
    '| | |',
    '| --- | --- |',
    ...STATUSES.map(([status, zh, en]) => `| ${status} | ${zh}<br>${en} |`),
    '',
    '几种同时出现时 · of several: 70 > 2 > 1 > 3 > 0。',
    '',
  ].join('\n');
