import type { ExitStatus, Options } from '../command.ts';
import type { Context } from '../context.ts';
import { type Answers, appIdIn, endpointIn, fromOptions, onSandbox, recipientIn } from './answers.ts';
import { connectTo } from './app-check.ts';
import { type Asking, untilInterrupted } from './asking.ts';
import { askProject } from './dialogue.ts';
import { examineOnce } from './examine-once.ts';
import { sendFirst } from './first-card.ts';
import { explainNext } from './next-steps.ts';
import { placeProject, refuseTaken, refuseUnwritable } from './place.ts';
import type { Stage } from './stage.ts';

/** Asks everything; null: stopped. */
const converse = (ask: Asking, stage: Stage, options: Options, context: Context): Promise<Answers | null> => {
  const { environment, clock, signal, redact } = context;
  const { uses } = stage;
  return askProject({
    ask: untilInterrupted(ask, signal),
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
  refuseUnwritable(directory);
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
