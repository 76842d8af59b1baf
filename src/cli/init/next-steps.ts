import { parseRecipient } from '../../model/recipient.ts';
import type { Context } from '../context.ts';
import type { Answers } from './answers.ts';
import { NAMES } from './first-card.ts';
import type { Stage } from './stage.ts';

const shellWord = (path: string): string =>
  /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const nextSteps = (
  directory: string,
  { firstJob: { name, quiet } }: Stage,
  { app }: Answers,
  { cwd }: Context,
): string[] => [
  ...(directory === cwd ? [] : [`cd ${shellWord(directory)}`]),
  'larkcron check',
  `larkcron preview ${name}`,
  `larkcron run ${name} ${app === null ? '--sandbox' : '--to me'}${quiet ? ' --force' : ''}`,
  app === null ? 'larkcron sandbox --keep' : 'larkcron crontab install',
];

/** What a person should know of what was just written. */
const warnings = ({ app, owner }: Answers, { environment }: Context) => {
  const set = app === null ? [] : NAMES.filter((name) => (environment[name] ?? '') !== '');
  return [
    ...(parseRecipient(owner)?.idType === 'chat_id'
      ? [
          {
            zh: `owner 是群 ${owner}:失败的通知和 --to me 都会发到群里。要发给人,就在 larkcron.yaml 写 owner: ou_…。`,
            en: `The owner is the group ${owner}: notices of failures and --to me go there. For a person, write owner: ou_… in larkcron.yaml.`,
          },
        ]
      : []),
    ...(set.length > 0
      ? [
          {
            zh: `环境变量 ${set.join('、')} 已经设置,它优先于这里的 .env 和 larkcron.yaml。`,
            en: `The environment has ${set.join(', ')}, which wins over the .env and larkcron.yaml here.`,
          },
        ]
      : []),
  ];
};

/** Says where the project is and what to do with it; answers the commands. */
export const explainNext = (directory: string, stage: Stage, answers: Answers, context: Context): string[] => {
  const { out } = context;
  out.line(out.say({ zh: `✓ 项目在 ${directory}`, en: `✓ the project is in ${directory}` }));
  if (answers.app === null)
    out.line(
      out.say({
        zh: '先用本机上的飞书替身;有了应用再把 App ID 和 App Secret 写进 .env。',
        en: 'It uses the stand-in for Feishu first; with an app, write its App ID and App Secret into .env.',
      }),
    );
  for (const warning of warnings(answers, context)) out.note(`! ${out.say(warning)}`);
  const steps = nextSteps(directory, stage, answers, context);
  out.line(out.say({ zh: '接下来:', en: 'Next:' }));
  for (const step of steps) out.line(`  ${step}`);
  return steps;
};
