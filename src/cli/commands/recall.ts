import { isThere } from '../../acts/recall.ts';
import { theRun } from '../../acts/the-run.ts';
import { settleRuns } from '../../drain.ts';
import type { Delivery } from '../../model/delivery.ts';
import { SECOND } from '../../model/time.ts';
import { type Act, flag, text } from '../command.ts';
import { confirm } from '../confirm.ts';
import { printRun } from '../the-run.ts';
import { parseWait } from '../time.ts';

const REFUSALS: readonly (string | undefined)[] = ['recall-refused', 'cannot-recall', 'app-gone'];
const isRefused = ({ reason }: Delivery): boolean => REFUSALS.includes(reason?.code);

/** `larkcron recall RUN`: takes its messages back, and those that are proven to have arrived later, too. */
export const recall: Act = async ({ args, options }, context) => {
  const { clock, signal } = context;
  const until = clock.monotonic() + parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const app = await context.app(context.project());
  const { history, runs } = app.ledger();
  const run = await theRun(app, args[0] ?? '');
  const people = (await history.deliveries(run.id)).filter(isThere).length;
  if (people > 1 && !flag(options, 'yes'))
    await confirm({ zh: `要撤回 ${people} 条消息吗?`, en: `Take ${people} messages back?` }, context);
  await runs.recall(run.id);
  for (;;) {
    await settleRuns(app.loops(), [run.id], { wait: 0 });
    const left = (await history.deliveries(run.id)).filter((each) => isThere(each) && !isRefused(each));
    if (left.length === 0 || signal.aborted || clock.monotonic() > until) break;
    await clock.sleep(SECOND, signal);
  }
  await printRun(app, run.id, context);
  const after = await history.deliveries(run.id);
  if (after.some((each) => isThere(each) && isRefused(each))) return 1;
  return after.some((each) => isThere(each) || each.state === 'unknown') ? 3 : 0;
};
