import type { App } from '../../app.ts';
import { soundJobs } from '../../config/load.ts';
import { settleRuns } from '../../drain.ts';
import type { Resend } from '../../ledger/ledger.ts';
import { type Content, type Delivery, newest, resendable, type Target, unresolved } from '../../model/delivery.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import type { Run } from '../../model/run.ts';
import { SECOND } from '../../model/time.ts';
import { deliverUntil } from '../../run/plan.ts';
import { prepare } from '../../run/prepare.ts';
import { recipientOf, resolveRecipients } from '../../run/resolve.ts';
import { frozen } from '../../run/uploads.ts';
import { type Act, flag, text, texts } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { printRun, theRun } from '../the-run.ts';
import { parseWait } from '../time.ts';
import { cliWords } from '../words.ts';

/** A new message for an old run, made with its due time; `not-renderable` for what has no job. */
const rendered = async (
  app: App,
  run: Run,
  deliveries: readonly Delivery[],
): Promise<Readonly<Record<number, Content>>> => {
  const [job] = run.job === null || run.kind === 'fallback' ? [] : soundJobs(app.project, [run.job]);
  if (job === undefined) throw failure(cliWords, 'not-renderable', { run: run.id }, { status: 2 });
  const occasion = { due: run.dueAt ?? run.createdAt, run, test: run.trigger === 'test', force: true };
  const prepared = await prepare(job, occasion, app.preparation());
  if (prepared.is !== 'message') throw failure(cliWords, 'own-messages', { job: job.name }, { status: 2 });
  // a message that has become longer or shorter cannot take the places of the old one
  const before = new Map(deliveries.map(({ part, kind }) => [part, kind]));
  const same =
    prepared.parts.length === before.size && prepared.parts.every(({ kind }, i) => before.get(i + 1) === kind);
  if (!same) throw failure(cliWords, 'other-parts', { job: job.name }, { status: 2 });
  const contents = await Promise.all(prepared.parts.map((part) => frozen(part, job.app, app.uploads())));
  return Object.fromEntries(contents.map((content, i) => [i + 1, content]));
};

const chosen = (written: readonly string[], deliveries: readonly Delivery[]): readonly string[] | null => {
  if (written.length === 0) return null;
  const known = [...new Set(deliveries.map(({ recipient }) => recipient))];
  for (const value of written) {
    if (!known.includes(value))
      throw failure(
        cliWords,
        'not-in-run',
        { recipient: value, suggestion: nearest(value, known), known },
        { status: 2 },
      );
  }
  return written;
};

/** Recipients that were never resolved, looked up anew; of those that still are not, nothing is in the answer. */
const lookUp = async (app: App, lost: readonly Delivery[]): Promise<NonNullable<Resend['found']>> => {
  const found: Record<string, { recipient: string; target: Target }[]> = {};
  for (const delivery of lost) {
    const all = await resolveRecipients([recipientOf(delivery)], delivery.app, app.directory(), { idsOnly: true });
    const known = all.filter(({ refused }) => refused === null);
    if (known.length > 0) found[delivery.id] = known.map(({ shown, target }) => ({ recipient: shown, target }));
  }
  return found;
};

const sayWhyNothing = (deliveries: readonly Delivery[], { out }: Context): void => {
  const unknown = newest(deliveries).some(({ state }) => state === 'unknown');
  const lost = unresolved(deliveries, null).length > 0;
  out.line(
    out.say(
      lost && !unknown
        ? { zh: '找不到的人还是找不到。', en: 'Who could not be found still cannot be.' }
        : unknown
          ? {
              zh: '没有确定未送达的。不确定的要重发(可能出现两条)就加 --unknown。',
              en: 'Nothing surely failed to arrive. To resend what is unknown (it could arrive twice) add --unknown.',
            }
          : { zh: '没有要重发的:全都送达了,或正在发送。', en: 'Nothing to resend: all arrived, or is on its way.' },
    ),
  );
};

/** `larkcron resend RUN`: what did not arrive goes out again, by default with the stored bytes. */
export const resend: Act = async ({ args, options }, context) => {
  const { clock } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const app = await context.app(context.project());
  const run = await theRun(app, args[0] ?? '');
  if (run.recalled) throw failure(cliWords, 'was-recalled', { run: args[0] ?? '', job: run.job }, { status: 2 });
  const deliveries = await app.ledger().history.deliveries(run.id);
  const unknown = flag(options, 'unknown');
  const recipients = chosen(texts(options, 'to'), deliveries);
  const again = resendable(deliveries, { unknown, recipients });
  const found = await lookUp(app, unresolved(deliveries, recipients));
  const anew = deliveries.length === 0 && (run.state === 'failed' || run.state === 'missed');
  if (again.length + Object.keys(found).length === 0 && !anew) {
    sayWhyNothing(deliveries, context);
    return printRun(app, run.id, context);
  }
  const looked = Object.values(found).flat();
  const people = new Set([...again, ...looked].map(({ recipient }) => recipient)).size;
  if (people > 1 && !flag(options, 'yes'))
    await confirm({ zh: `要重发给 ${people} 个收件人吗?`, en: `Resend to ${people} recipients?` }, context);
  const contents: Readonly<Record<number, Content>> =
    flag(options, 'render') && !anew ? await rendered(app, run, deliveries) : {};
  await app.ledger().runs.resend({
    run: run.id,
    unknown,
    recipients,
    found,
    contents,
    deliverUntil: deliverUntil(clock.now(), people, app.project.settings.limits, null),
    feishuNow: null,
  });
  await settleRuns(app.loops(), [run.id], { wait });
  return printRun(app, run.id, context);
};
