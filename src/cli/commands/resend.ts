import { resendOf } from '../../acts/resend.ts';
import { theRun } from '../../acts/the-run.ts';
import { settleRuns } from '../../drain.ts';
import { type Delivery, newest, unresolved } from '../../model/delivery.ts';
import { SECOND } from '../../model/time.ts';
import { type Act, flag, text, texts } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { printRun } from '../the-run.ts';
import { parseWait } from '../time.ts';

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
  const wanted = { unknown: flag(options, 'unknown'), to: texts(options, 'to'), render: flag(options, 'render') };
  const again = await resendOf(app, run, wanted);
  if (again.isNothing) {
    sayWhyNothing(again.deliveries, context);
    return printRun(app, run.id, context);
  }
  const { people } = again;
  if (people > 1 && !flag(options, 'yes'))
    await confirm({ zh: `要重发给 ${people} 个收件人吗?`, en: `Resend to ${people} recipients?` }, context);
  await again.send(clock.now());
  await settleRuns(app.loops(), [run.id], { wait });
  return printRun(app, run.id, context);
};
