import type { Finding } from '../../doctor/finding.ts';
import type { App } from '../../model/settings.ts';
import { type Text, verbatim } from '../../model/text.ts';
import { type Answers, isAppId, isSecret, onSandbox } from './answers.ts';
import { appOf, type Connection } from './app-check.ts';
import type { Asking } from './asking.ts';
import { besideSteps, consoleHome, consoleSteps, stepReports, type Verdict, verdictOf } from './console-steps.ts';
import { findingText, reportText, stepsText, verdictText } from './report.ts';
import { askWho, ownerOf, type Who } from './who.ts';

/** What is known before anything is asked: the options that were given. */
export interface Given {
  readonly appId: string | null;
  readonly endpoint: string | null;
  readonly recipient: string | null;
}

export interface Talk {
  readonly ask: Asking;
  readonly given: Given;
  connect(app: App): Connection;
  /** what the jobs ask of Feishu decides which scopes are named */
  readonly uses: Parameters<typeof consoleSteps>[1];
}

const askHow = ({ ask, given }: Talk): Promise<string | null> => {
  const endpoint = given.endpoint;
  const mine =
    endpoint === null
      ? [
          { value: 'feishu', label: { zh: '用我的飞书应用', en: 'with my Feishu app' } },
          { value: 'lark', label: { zh: '用我的 Lark 应用', en: 'with my Lark app' } },
        ]
      : [{ value: endpoint, label: { zh: `用我的应用(${endpoint})`, en: `with my app (${endpoint})` } }];
  if (given.appId !== null) {
    if (endpoint !== null) return Promise.resolve(endpoint);
    return ask.choose<string>({ zh: '应用在哪里?', en: 'Where is the app?' }, mine);
  }
  return ask.choose<string>({ zh: '怎么开始?', en: 'How do you want to begin?' }, [
    ...mine,
    { value: 'sandbox', label: { zh: '先不接飞书,在本机试', en: 'without one, on this machine' } },
  ]);
};

/** App ID and App Secret. Null: stopped. */
const askCredentials = async ({ ask }: Talk, endpoint: string, known: string | null): Promise<App | null> => {
  if (known === null)
    ask.tell([
      { zh: '还没有应用?在这里创建企业自建应用:', en: 'No app yet? Create a custom app here:' },
      verbatim(consoleHome(appOf('', '', endpoint))),
      {
        zh: 'App ID 和 App Secret 在应用的「凭证与基础信息」里。',
        en: 'Its App ID and App Secret are on “Credentials & Basic Info”.',
      },
    ]);
  const id =
    known ??
    (await ask.write(verbatim('App ID'), {
      example: 'cli_…',
      check: (typed) => (isAppId(typed) ? null : { zh: 'App ID 以 cli_ 开头', en: 'An App ID begins with cli_' }),
    }));
  if (id === null) return null;
  const secret = await ask.secret(verbatim('App Secret'), {
    check: (typed) =>
      isSecret(typed) ? null : { zh: '不能为空,不能有空白和引号', en: 'It is not empty and has no blanks or quotes' },
  });
  return secret === null ? null : appOf(id, secret, endpoint);
};

type Next = 'again' | 'on' | 'credentials';

const WHAT_NOW: Text = { zh: '接下来?', en: 'What next?' };
const AGAIN = { value: 'again', label: { zh: '再检查一次', en: 'check again' } } as const;
const ON = { value: 'on', label: { zh: '先这样,继续', en: 'go on anyhow' } } as const;
const OTHERS = {
  value: 'credentials',
  label: { zh: '重新输入 App ID 和 App Secret', en: 'enter App ID and App Secret again' },
} as const;

/** With refused credentials there is nothing to go on with. */
const nextOf = (verdict: Verdict) => (verdict === 'refused' ? [OTHERS, AGAIN] : [AGAIN, ON, OTHERS]);

/** The five steps, gone over until they are done or the person goes on anyhow. Null: stopped. */
const askSteps = async (talk: Talk, connection: Connection): Promise<'on' | 'credentials' | null> => {
  const { ask } = talk;
  const steps = consoleSteps(connection.app, talk.uses);
  ask.tell([
    { zh: '应用需要这五步,在这些页面上完成:', en: 'The app needs these five steps, on these pages:' },
    ...stepsText(steps),
  ]);
  const begin = await ask.choose<Next>({ zh: '都做好了吗?', en: 'Are they done?' }, [
    { value: 'again', label: { zh: '做好了,检查一下', en: 'done: check them' } },
    { value: 'on', label: { zh: '以后再做,不检查', en: 'later: do not check' } },
  ]);
  if (begin === null || begin === 'on') return begin;
  for (;;) {
    ask.tell([{ zh: '正在问飞书(最多半分钟)…', en: 'Asking Feishu (half a minute at most)…' }], 'busy');
    const findings = await connection.examine(null);
    const reports = stepReports(steps, findings);
    const verdict = verdictOf(findings);
    ask.tell([...reportText(reports), ...besideSteps(findings).flatMap(findingText)]);
    ask.tell([verdictText(verdict, reports)], verdict === 'ready' ? 'good' : 'bad');
    if (verdict === 'ready') return 'on';
    const next = await ask.choose<Next>(WHAT_NOW, nextOf(verdict));
    if (next !== 'again') return next;
  }
};

const isAboutPeople = ({ check }: Finding): boolean => ['owner', 'recipient'].includes(check);

/** Whether the app is there for the owner, asked until it is, or they go on anyhow. Null: stopped. */
const askAvailability = async ({ ask }: Talk, { owner }: Who, connection: Connection): Promise<Next | null> => {
  for (;;) {
    ask.tell([{ zh: `看 ${owner} 能不能收到…`, en: `Asking whether ${owner} can be reached…` }], 'busy');
    const findings = (await connection.examine(owner)).filter(isAboutPeople);
    const faults = findings.filter(({ status }) => status === 'fault');
    if (findings.length > 0) ask.tell(findings.flatMap(findingText), faults.length > 0 ? 'bad' : 'good');
    if (faults.length === 0) return 'on';
    const someone = { value: 'credentials', label: { zh: '换一个人', en: 'somebody else' } } as const;
    const next = await ask.choose<Next>(WHAT_NOW, [AGAIN, ON, someone]);
    if (next !== 'again') return next;
  }
};

const whoFor = async (talk: Talk, connection: Connection): Promise<Who | null> => {
  for (let { recipient } = talk.given; ; recipient = null) {
    const owner = recipient === null ? null : await ownerOf(talk.ask, recipient, connection);
    if (recipient !== null && owner === null) return null;
    const who = recipient === null || owner === null ? await askWho(talk.ask, connection) : { recipient, owner };
    if (who === null) return null;
    const next = await askAvailability(talk, who, connection);
    if (next === null) return null;
    if (next === 'on') return who;
  }
};

/** The whole dialogue: with an app or without, its five steps, who gets the messages. Null: the person stopped it. */
export const askProject = async (talk: Talk): Promise<Answers | null> => {
  const endpoint = await askHow(talk);
  if (endpoint === null) return null;
  if (endpoint === 'sandbox') return onSandbox(talk.given.recipient);
  for (let { appId } = talk.given; ; appId = null) {
    const app = await askCredentials(talk, endpoint, appId);
    if (app === null) return null;
    const connection = talk.connect(app);
    try {
      const next = await askSteps(talk, connection);
      if (next === null) return null;
      if (next === 'credentials') continue;
      const who = await whoFor(talk, connection);
      return who === null ? null : { app: { id: app.id, secret: app.secret }, endpoint, ...who };
    } finally {
      connection.close();
    }
  }
};
