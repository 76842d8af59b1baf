import { openMessage } from '../../acts/open-message.ts';
import type { App } from '../../app.ts';
import { soundJobs } from '../../config/load.ts';
import { examine } from '../../doctor/examine.ts';
import { type Finding, type FindingStatus, finding, isSound } from '../../doctor/finding.ts';
import { loginFindings } from '../../doctor/login.ts';
import { ownersApp, planOf } from '../../doctor/plan.ts';
import { testCard, testCardFinding } from '../../doctor/test-card.ts';
import { settleRuns } from '../../drain.ts';
import { isError } from '../../model/errors.ts';
import { say } from '../../model/text.ts';
import { SECOND } from '../../model/time.ts';
import { type Act, type ExitStatus, flag } from '../command.ts';
import type { Context } from '../context.ts';
import { worst } from '../exit-status.ts';
import type { Output } from '../output.ts';

const MARKS: Readonly<Record<FindingStatus, string>> = { ok: '✓', warning: '!', fault: '✗', skipped: '-' };

/** One line for a finding; below it what to do, where, and what Feishu's support asks for. */
const lines = (found: Finding, { say: words }: Output): string[] => {
  const subject = found.subject !== null && found.check === 'owner' ? `${found.subject} (owner)` : found.subject;
  const about = [found.app, subject].filter((part) => part !== null).join('  ');
  const jobs = found.status === 'ok' || found.jobs.length === 0 ? '' : ` (${found.jobs.join(', ')})`;
  const todo = [found.hint === null ? '' : words(found.hint), found.link ?? ''].filter((part) => part !== '').join(' ');
  const code = found.status === 'ok' ? '' : ` [${found.code}]`;
  return [
    `${MARKS[found.status]} ${about === '' ? '' : `${about}  `}${words(found.message)}${jobs}${code}`,
    ...(todo === '' || found.status === 'ok' ? [] : [`    → ${todo}`]),
    ...(found.logId === null ? [] : [`    log_id ${found.logId}`]),
  ];
};

const json = (found: Finding, { lang }: Output) => ({
  ...found,
  message: say(found.message, lang),
  hint: found.hint === null ? null : say(found.hint, lang),
});

const WAIT = 30 * SECOND;

/** A test card to the owner, by the way of every other message; not where nothing could arrive. */
const sendTestCard = async (app: App, before: readonly Finding[], { clock }: Context): Promise<Finding> => {
  const { settings } = app.project;
  const sender = ownersApp(settings);
  if (settings.owner === null || sender === null)
    return finding({ check: 'send', app: sender }, 'fault', 'test-card-nobody', undefined);
  const blocked = before.some(
    (found) =>
      found.app === sender.name && found.status === 'fault' && ['proxy', 'token', 'call'].includes(found.check),
  );
  if (blocked)
    return finding({ check: 'send', app: sender, subject: settings.owner.shown }, 'skipped', 'after-fault', {
      checks: { zh: '测试卡片', en: 'send' },
    });
  const content = { msgType: 'interactive', body: JSON.stringify(testCard(settings.lang)) };
  const message = { app: sender.name, kind: 'card', content };
  const { run: opened } = await openMessage(app, { to: [settings.owner], message, onceKey: null, now: clock.now() });
  await settleRuns(app.loops(), [opened.id], { wait: WAIT });
  const { history } = app.ledger();
  const [delivery] = await history.deliveries(opened.id);
  return testCardFinding(sender, settings.owner, (await history.run(opened.id)) ?? opened, delivery);
};

/** `larkcron doctor`: all that must be asked of Feishu. Exit 1 when something keeps messages from arriving. */
export const doctor: Act = async ({ args, options }, context) => {
  const { out, clock, signal } = context;
  const project = context.project(args.length === 0 ? null : [...args]);
  const { settings } = project;
  const jobs = args.length === 0 ? project.jobs : soundJobs(project, args);
  const findings: Finding[] = [];
  const tell = (found: Finding): void => {
    if (signal.aborted) return; // that it was interrupted is no finding
    findings.push(found);
    out.lines(lines(found, out), { failed: found.status === 'fault' });
  };
  // named jobs are sound by now; of the others nobody asked
  const broken = (args.length === 0 ? project.jobNames : []).filter((name) =>
    (project.problems.get(name) ?? []).some(isError),
  );
  for (const job of broken)
    tell(finding({ check: 'settings', subject: job, jobs: [job] }, 'fault', 'bad-settings', { job }));

  const app = await context.app(project);
  const used = app.project.settings; // with --sandbox the apps are elsewhere
  if (settings.owner === null) tell(finding({ check: 'owner' }, 'warning', 'no-owner', undefined));
  await examine({ plan: planOf(jobs, used), feishu: app.feishu, proxy: app.proxy, clock, signal, tell });
  for (const each of await loginFindings(used, app.outside())) tell(each);
  if (flag(options, 'send') && !signal.aborted) tell(await sendTestCard(app, findings, context));

  out.data({ ok: isSound(findings), findings: findings.map((found) => json(found, out)) });
  const unsure = findings.some(({ code }) => code === 'test-card-unsure');
  const nobody = findings.some(({ code }) => code === 'test-card-nobody');
  const faults = findings.some(({ check, status }) => status === 'fault' && check !== 'settings');
  const statuses: ExitStatus[] = [...(faults ? [1 as const] : []), ...(unsure ? [3 as const] : [])];
  return worst(broken.length > 0 || nobody ? [...statuses, 2] : statuses);
};
