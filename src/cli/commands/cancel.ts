import { cancelRun } from '../../acts/cancel.ts';
import { theRun } from '../../acts/the-run.ts';
import type { Act } from '../command.ts';
import { printRun } from '../the-run.ts';

/** `larkcron cancel RUN`: what is unsent stays unsent; what has left is not taken back (`recall` does that). */
export const cancel: Act = async ({ args }, context) => {
  const { out } = context;
  const app = await context.app(context.project([]));
  const run = await theRun(app, args[0] ?? '');
  const stopped = await cancelRun(app, run);
  out.line(
    out.say(
      stopped === 0
        ? { zh: '没有可取消的:都已发出或已结束。', en: 'Nothing to cancel: all has left or ended.' }
        : { zh: `取消了 ${stopped} 项。`, en: `${stopped} cancelled.` },
    ),
  );
  await printRun(app, run.id, context);
  return 0;
};
