import { GROUPS_SCOPE, PEOPLE_SCOPE } from '../../acts/find-people.ts';
import { SELF } from '../../doctor/app-state.ts';
import type { CheckName, Finding } from '../../doctor/finding.ts';
import { NEEDS, type Use } from '../../doctor/scopes.ts';
import { consoleLink } from '../../feishu/explain.ts';
import type { App } from '../../model/settings.ts';
import type { Text } from '../../model/text.ts';

/** The five things to do in Feishu's developer console before a bot can send anything. */
export type StepName = 'app' | 'bot' | 'scopes' | 'version' | 'availability';

export interface Step {
  readonly name: StepName;
  /** in a word or two */
  readonly title: Text;
  /** what to do */
  readonly words: Text;
  /** the page of this very app; the console's addresses as they are today (feishu/explain: consoleLink) */
  readonly link: string;
}

/** Any other endpoint than Lark's, as a test's, gets Feishu's console. */
const isLark = ({ endpoint }: Pick<App, 'endpoint'>): boolean => endpoint === 'https://open.larksuite.com';

/** Where apps are made, before there is an App ID. */
export const consoleHome = (app: Pick<App, 'endpoint'>): string =>
  isLark(app) ? 'https://open.larksuite.com/app' : 'https://open.feishu.cn/app';

/** What cannot be done without, then what makes larkcron see more: people, groups, its own state, unsure messages. */
export const scopesFor = (
  uses: Iterable<Use>,
): { readonly needed: readonly string[]; readonly better: readonly string[] } => {
  const needed = new Set<string>();
  const better = new Set([PEOPLE_SCOPE, GROUPS_SCOPE, SELF]);
  for (const use of uses) (NEEDS[use].without === 'fault' ? needed : better).add(NEEDS[use].anyOf[0]);
  return { needed: [...needed], better: [...better].filter((scope) => !needed.has(scope)) };
};

/** The steps for one app. `uses`: what its jobs ask of Feishu. */
export const consoleSteps = (app: App, uses: Iterable<Use>): readonly Step[] => {
  const { needed, better } = scopesFor(uses);
  const link = (page: 'credentials' | 'bot' | 'version'): string => consoleLink(page, app) ?? '';
  return [
    {
      name: 'app',
      title: { zh: '企业自建应用', en: 'custom app' },
      words: {
        zh: '企业自建应用:App ID 和 App Secret 在「凭证与基础信息」',
        en: 'a custom app: App ID and App Secret are on “Credentials & Basic Info”',
      },
      link: link('credentials'),
    },
    {
      name: 'bot',
      title: { zh: '机器人能力', en: 'bot' },
      words: { zh: '添加应用能力 → 机器人', en: 'add the feature “Bot”' },
      link: link('bot'),
    },
    {
      name: 'scopes',
      title: { zh: '权限', en: 'scopes' },
      words: {
        zh: `开通权限 ${needed.join('、')};最好还有 ${better.join('、')}`,
        en: `grant the scopes ${needed.join(', ')}; better with ${better.join(', ')}`,
      },
      link: consoleLink('scopes', app, [...needed, ...better]) ?? '',
    },
    {
      name: 'version',
      title: { zh: '版本发布', en: 'published version' },
      words: { zh: '创建版本并发布,等管理员通过', en: 'create a version, publish it, have it approved' },
      link: link('version'),
    },
    {
      name: 'availability',
      title: { zh: '可用范围', en: 'availability' },
      words: {
        zh: '可用范围里有收消息的人(在版本里设置)',
        en: 'those who get messages are in its availability (set with the version)',
      },
      link: link('version'),
    },
  ];
};

/** `open`: Feishu was not asked, could not be, or does not tell. */
export type StepState = 'done' | 'missing' | 'open';

export interface StepReport {
  readonly step: Step;
  readonly state: StepState;
  /** what was found that is not well, in the order it was heard of */
  readonly findings: readonly Finding[];
}

const OF_CHECK: Readonly<Partial<Record<CheckName, StepName>>> = {
  token: 'app',
  bot: 'bot',
  scopes: 'scopes',
  published: 'version',
  owner: 'availability',
  recipient: 'availability',
};

/** Nothing was refused: the question never came through, or not now. */
const NO_ANSWER: readonly string[] = ['unreachable', 'no-answer', 'incomplete', 'limited', 'proxy-unreachable'];
const isAnswer = ({ code }: Finding): boolean => !NO_ANSWER.includes(code);

/** A refused call that the bot's page mends is about the bot; the IP allow-list and the like are about the app. */
const stepOf = ({ check, link }: Finding): StepName | undefined =>
  check === 'call' ? (link?.endsWith('/bot') ? 'bot' : 'app') : OF_CHECK[check];

/** That a question was left out because of an earlier fault goes without saying: the fault stands there. */
const isWorthSaying = ({ status, code }: Finding): boolean => status !== 'ok' && code !== 'after-fault';

const stateOf = (findings: readonly Finding[]): StepState => {
  if (findings.some((each) => each.status === 'fault' && isAnswer(each))) return 'missing';
  return findings.length > 0 && findings.every((each) => each.status !== 'skipped' && isAnswer(each)) ? 'done' : 'open';
};

/** What doctor's findings say of each step. */
export const stepReports = (steps: readonly Step[], findings: readonly Finding[]): readonly StepReport[] =>
  steps.map((step) => {
    const about = findings.filter((each) => stepOf(each) === step.name);
    return { step, state: stateOf(about), findings: about.filter(isWorthSaying) };
  });

/** What is not well and belongs to no step: a proxy that does not answer, a clock that is off. */
export const besideSteps = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((each) => stepOf(each) === undefined && each.status !== 'skipped' && isWorthSaying(each));

/**
 * How the app stands. `refused`: Feishu does not take these credentials. `unreachable`: nobody answered. `missing`: a
 * step is not done. `ready`: nothing that could be asked speaks against it.
 */
export type Verdict = 'ready' | 'missing' | 'refused' | 'unreachable';

export const verdictOf = (findings: readonly Finding[]): Verdict => {
  const faults = findings.filter(({ status, check }) => status === 'fault' && check !== 'clock');
  if (faults.some((each) => each.check === 'token' && isAnswer(each))) return 'refused';
  const heard = findings.some(({ check, status }) => check === 'call' && status === 'ok');
  if (!heard && !faults.some(isAnswer)) return 'unreachable';
  return faults.some(isAnswer) ? 'missing' : 'ready';
};
