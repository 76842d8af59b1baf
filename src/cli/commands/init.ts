import { resolve } from 'node:path';
import type { Finding } from '../../doctor/finding.ts';
import { failure } from '../../model/errors.ts';
import { parseRecipient } from '../../model/recipient.ts';
import { say } from '../../model/text.ts';
import { type Act, type ExitStatus, flag, type Options, text } from '../command.ts';
import { type Context, createContext } from '../context.ts';
import { type Answers, appIdIn, endpointIn, fromOptions, onSandbox, recipientIn } from '../init/answers.ts';
import { appOf, connectTo, usesIn } from '../init/app-check.ts';
import type { Asking } from '../init/asking.ts';
import { besideSteps, consoleSteps, stepReports, verdictOf } from '../init/console-steps.ts';
import { askProject } from '../init/dialogue.ts';
import { exampleOf } from '../init/examples.ts';
import { placeProject, refuseTaken } from '../init/place.ts';
import { findingText, reportText, verdictText } from '../init/report.ts';
import { type Stage, stageProject } from '../init/stage.ts';
import { initWords } from '../init/words.ts';

/** Asks Feishu once and says what is missing. Throws `app-refused`: with credentials that are wrong there is no project. */
const examineOnce = async (answers: Answers, stage: Stage, context: Context): Promise<unknown> => {
  if (answers.app === null || context.sandbox) return null;
  const { out, clock, signal, environment, redact } = context;
  const app = appOf(answers.app.id, answers.app.secret, answers.endpoint);
  redact.add(app.secret);
  const uses = usesIn(stage.folder);
  const connection = connectTo(app, { uses, environment, clock, signal });
  const findings = await connection.examine(answers.owner).finally(connection.close);
  const steps = consoleSteps(app, uses.keys());
  const reports = stepReports(steps, findings);
  const verdict = verdictOf(findings);
  if (verdict === 'refused') throw refused(findings);
  const words = verdict === 'ready' ? [] : [...reportText(reports), ...besideSteps(findings).flatMap(findingText)];
  for (const each of [...words, verdictText(verdict, reports)]) out.line(out.say(each));
  const brief = ({ code, message, link }: Finding) => ({ code, message: say(message, out.lang), link });
  return {
    state: verdict,
    steps: reports.map(({ step, state, findings: found }) => ({
      step: step.name,
      state,
      link: step.link,
      findings: found.map(brief),
    })),
  };
};

const refused = (findings: readonly Finding[]) => {
  const found = findings.find(({ check, status }) => check === 'token' && status === 'fault');
  const { message, hint, link } = found ?? { message: { zh: '', en: '' }, hint: null, link: null };
  const todo = { zh: `${hint?.zh ?? ''} ${link ?? ''}`.trim(), en: `${hint?.en ?? ''} ${link ?? ''}`.trim() };
  return failure(initWords, 'app-refused', { why: message, todo }, { status: 1 });
};

/** What of the real environment would win over the .env just written. */
const NAMES = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_ENDPOINT', 'LARKCRON_CONFIG'] as const;

/** The example's first card, to its owner: exactly `run JOB --to me` in the new project. */
const sendFirst = async (directory: string, job: string, context: Context): Promise<ExitStatus> => {
  const { run } = await import('./run.ts');
  const closers: (() => Promise<void>)[] = [];
  const environment = { ...context.environment };
  for (const name of NAMES) delete environment[name];
  const inside = createContext({
    ...context,
    environment,
    flags: { config: resolve(directory, 'larkcron.yaml'), folder: directory, sandbox: false, verbose: context.verbose },
    onClose: (close) => closers.unshift(close),
    ownsProcess: false,
  });
  try {
    return await run({ args: [job], options: { to: ['me'], yes: true, force: true } }, inside);
  } finally {
    for (const close of closers) await close();
  }
};

const shellWord = (path: string): string =>
  /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const nextSteps = (directory: string, { firstJob: job }: Stage, { app }: Answers, { cwd }: Context): string[] => [
  ...(directory === cwd ? [] : [`cd ${shellWord(directory)}`]),
  'larkcron check',
  `larkcron preview ${job}`,
  `larkcron run ${job} ${app === null ? '--sandbox' : '--to me'}`,
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

const explainNext = (directory: string, stage: Stage, answers: Answers, context: Context): string[] => {
  const { out } = context;
  out.line(out.say({ zh: `✓ 项目在 ${directory}`, en: `✓ the project is in ${directory}` }));
  if (answers.app === null)
    out.line(
      out.say({
        zh: '先用本机上的飞书替身;有了应用再把 App ID 和 App Secret 写进 .env。',
        en: 'It uses the stand-in for Feishu first; with an app, write its App ID and App Secret into .env.',
      }),
    );
  for (const warning of warnings(answers, context)) out.line(`! ${out.say(warning)}`);
  const steps = nextSteps(directory, stage, answers, context);
  out.line(out.say({ zh: '接下来:', en: 'Next:' }));
  for (const step of steps) out.line(`  ${step}`);
  return steps;
};

/** Asks everything; null: stopped. */
const converse = (ask: Asking, stage: Stage, options: Options, context: Context): Promise<Answers | null> => {
  const { environment, clock, signal, redact } = context;
  const uses = usesIn(stage.folder);
  return askProject({
    ask,
    given: { appId: appIdIn(options), endpoint: endpointIn(options), recipient: recipientIn(options) },
    uses: [...uses.keys()],
    connect: (app) => {
      redact.add(app.secret);
      return connectTo(app, { uses, environment, clock, signal });
    },
  });
};

const FIRST_CARD = {
  zh: '现在把示例的第一张卡片发给 owner 看看吗?(只发给他)',
  en: 'Send the first card of the example to the owner now? (to nobody else)',
};

/** With somebody to ask (null: nobody), and everything that is asked. */
export const makeProject = async (
  ask: Asking | null,
  stage: Stage,
  { directory, options, sandbox }: { directory: string; options: Options; sandbox: boolean },
  context: Context,
): Promise<ExitStatus> => {
  const { out } = context;
  refuseTaken(stage.folder, directory);
  const answers =
    ask !== null
      ? await converse(ask, stage, options, context)
      : sandbox
        ? onSandbox(recipientIn(options))
        : fromOptions(options);
  if (answers === null || context.signal.aborted) {
    ask?.tell([{ zh: '已停止,什么都没有写。', en: 'Stopped; nothing was written.' }], 'bad');
    return 130;
  }
  const app = ask === null ? await examineOnce(answers, stage, context) : null;
  if (context.signal.aborted) return 130;
  placeProject(stage.folder, directory, answers);
  const send = ask !== null && answers.app !== null ? await ask.confirm(FIRST_CARD) : false;
  const sent = send === true ? await sendFirst(directory, stage.firstJob, context) : 0;
  const next = explainNext(directory, stage, answers, context);
  out.data({ directory, sandbox: answers.app === null, app, next });
  return send === null ? 130 : sent;
};

/** `larkcron init`: a project that runs at once. Asks only on a terminal. */
export const init: Act = async ({ args, options }, context) => {
  const { out } = context;
  const directory = resolve(context.cwd, args[0] ?? '.');
  const typescript = flag(options, 'typescript');
  const example = exampleOf(text(options, 'example') ?? 'store-dashboard', { typescript });
  const complete = flag(options, 'secretStdin') || flag(options, 'yes') || context.sandbox;
  const asks = out.interactive && !out.quiet && !complete;
  const given = text(options, 'appId') !== null || flag(options, 'secretStdin');
  const stage = await stageProject(example, { typescript, lang: out.lang });
  try {
    const ask = asks ? (await import('../init/clack.ts')).askOnTerminal(out) : null;
    return await makeProject(ask, stage, { directory, options, sandbox: !given }, context);
  } finally {
    stage.remove();
  }
};
