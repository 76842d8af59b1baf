import type { Clock } from '../base/clock.ts';
import { reach } from '../base/reach.ts';
import { appState, botInfo, grantedScopes } from '../feishu/app-info.ts';
import type { Feishu } from '../feishu/client.ts';
import { type Ms, SECOND } from '../model/time.ts';
import {
  callFindings,
  clockFinding,
  type ProxyInUse,
  proxyFinding,
  publishedFindings,
  tokenFinding,
} from './app-state.ts';
import { askRecipients } from './ask-recipients.ts';
import { type CheckName, type Finding, finding, refusal } from './finding.ts';
import { patient } from './patient.ts';
import type { AppPlan } from './plan.ts';
import { scopeFindings } from './scopes.ts';

export interface Examination {
  readonly plan: readonly AppPlan[];
  readonly feishu: (app: string) => Feishu | null;
  readonly proxy: (app: string) => ProxyInUse;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** hears of each finding as it is made */
  readonly tell: (finding: Finding) => void;
}

const PROXY_TIMEOUT: Ms = 5 * SECOND;
/** What a `Date` header leaves out, on average. */
const HALF_A_SECOND: Ms = SECOND / 2;

/** The checks as people name them in Chinese; in English their names are words already. */
const CHECK_NAMES: Readonly<Record<CheckName, string>> = {
  settings: '设置',
  proxy: '代理',
  token: '凭证',
  clock: '时钟',
  call: '接口调用',
  bot: '机器人',
  published: '应用发布',
  scopes: '权限',
  recipient: '收件人',
  owner: 'owner',
  login: '登录',
  send: '测试卡片',
};

/** What depends on what came before, in this order. */
const LATER: readonly CheckName[] = ['token', 'call', 'bot', 'published', 'scopes', 'recipient'];

/**
 * One app, from the way out to the last recipient. Where one step fails those after it would only fail with it: they
 * are skipped, and that is said. Answers how far this machine's clock is before Feishu's, if it learnt it.
 */
const examineApp = async (of: AppPlan, { feishu, proxy, clock, signal, tell }: Examination): Promise<Ms | null> => {
  const { app } = of;
  const client = feishu(app.name);
  if (client === null) return null;
  const asked = patient(client, clock, signal);
  let failed = false;
  const hear = (...findings: readonly Finding[]): boolean => {
    for (const each of findings) {
      failed ||= each.status === 'fault' || each.code === 'limited';
      tell(each);
    }
    return !failed;
  };
  const leave = (from: CheckName): void => {
    const left = LATER.slice(LATER.indexOf(from));
    const checks = { zh: left.map((name) => CHECK_NAMES[name]).join('、'), en: left.join(', ') };
    tell(finding({ check: from, app }, 'skipped', 'after-fault', { checks }));
  };

  const way = proxy(app.name);
  const why = way.address === null ? null : await reach(way.address, PROXY_TIMEOUT);
  if (!hear(proxyFinding(app, way, why))) {
    leave('token');
    return null;
  }
  const reply = await asked.askToken();
  const theirs = asked.now();
  const ahead = theirs === null ? null : clock.now() - theirs - HALF_A_SECOND;
  if (!hear(tokenFinding(app, reply))) {
    leave('call');
    return ahead;
  }
  const bot = await botInfo(asked);
  const answered = callFindings(app, bot);
  hear(...answered);
  if (bot.is === 'refused') {
    leave('bot');
    return ahead;
  }
  hear(...publishedFindings(app, await appState(asked)));
  const scopes = await grantedScopes(asked);
  hear(
    ...(scopes.is === 'done'
      ? scopeFindings(app, of.uses, scopes.value)
      : [refusal({ check: 'scopes', app }, scopes.reply)]),
  );
  if (!signal.aborted) await askRecipients({ app, feishu: asked, signal, tell }, of);
  return ahead;
};

/** Everything that has to be asked of Feishu, for each app in turn; nothing is sent, and no kept token is touched. */
export const examine = async (examination: Examination): Promise<void> => {
  let ahead: Ms | null = null;
  for (const of of examination.plan) {
    if (examination.signal.aborted) return;
    const learnt = await examineApp(of, examination);
    ahead ??= learnt;
  }
  examination.tell(clockFinding(ahead));
};
