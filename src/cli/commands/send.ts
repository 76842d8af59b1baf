import { basename, resolve } from 'node:path';
import { refuseUnguarded } from '../../acts/guard.ts';
import { openMessage } from '../../acts/open-message.ts';
import { recipientsFrom } from '../../acts/recipients.ts';
import type { App } from '../../app.ts';
import { compileCard } from '../../card/compile.ts';
import { checkCard } from '../../card/rules/check-card.ts';
import { scopeOf } from '../../card/scope.ts';
import { SHIELDED_BRACE } from '../../config/interpolate.ts';
import { badSettings } from '../../config/load.ts';
import { configWords } from '../../config/words.ts';
import { settleRuns } from '../../drain.ts';
import {
  type Block,
  type Button,
  type CardSpec,
  HEADER_COLORS,
  type HeaderColor,
  type Template,
} from '../../model/card.ts';
import type { Json } from '../../model/dataset.ts';
import type { Content } from '../../model/delivery.ts';
import { failure, isError } from '../../model/errors.ts';
import { withMarkerPlace } from '../../model/marker.ts';
import { nearest } from '../../model/nearest.ts';
import { hasEnded } from '../../model/run.ts';
import { SECOND } from '../../model/time.ts';
import { fileFault, readUpload } from '../../run/files.ts';
import { filePart } from '../../run/parts.ts';
import type { ReadyMessage } from '../../run/request.ts';
import { frozen } from '../../run/uploads.ts';
import { checkBareCard } from '../card-file.ts';
import { type Act, flag, type Options, text, texts } from '../command.ts';
import type { Context } from '../context.ts';
import { cancelIfInterrupted } from '../interrupted.ts';
import { readJsonText } from '../read-json.ts';
import { printRun } from '../the-run.ts';
import { parseWait } from '../time.ts';
import { cliWords } from '../words.ts';

/** What stands on a command line is the message itself, never Liquid: its braces are shielded. */
const literal = (words: string): Template => ({
  source: words.replaceAll('\\n', '\n').replaceAll('{', SHIELDED_BRACE),
  at: null,
});

const buttonOf = (value: string): Button => {
  const cut = value.search(/=(?=[a-z]+:)/i);
  if (cut <= 0) throw failure(cliWords, 'bad-button', { value }, { status: 2 });
  return { text: literal(value.slice(0, cut)), url: literal(value.slice(cut + 1)), type: 'default' };
};

const colorOf = (value: string | null): HeaderColor => {
  if (value === null) return 'default';
  if ((HEADER_COLORS as readonly string[]).includes(value)) return value as HeaderColor;
  throw failure(
    configWords,
    'one-of',
    { value, allowed: HEADER_COLORS, suggestion: nearest(value, HEADER_COLORS) },
    { status: 2 },
  );
};

const cardFrom = (options: Options, project: ReturnType<Context['project']>, now: number): Json => {
  const words = (block: 'markdown' | 'text', name: string): Block[] => {
    const value = text(options, name);
    return value === null ? [] : [{ at: null, block, text: literal(value) }];
  };
  const buttons = texts(options, 'button').map(buttonOf);
  const named = (name: string): Template | null => {
    const value = text(options, name);
    return value === null ? null : literal(value);
  };
  const spec: CardSpec = {
    at: null,
    title: named('title'),
    subtitle: named('subtitle'),
    color: colorOf(text(options, 'color')),
    tags: [],
    icon: null,
    summary: null,
    body: [
      ...words('markdown', 'markdown'),
      ...words('text', 'text'),
      ...(buttons.length === 0 ? [] : [{ at: null, block: 'buttons' as const, buttons }]),
    ],
  };
  const { settings } = project;
  const scope = scopeOf({
    data: {},
    due: now,
    now,
    job: { name: 'send', description: null },
    run: { id: '', trigger: 'manual' },
    last: null,
    timezone: settings.timezone,
    lang: settings.lang,
  });
  const { card, problems } = compileCard(spec, {
    scope,
    data: {},
    keyOf: (key) => (typeof key === 'string' ? key : ''),
    decide: () => false,
  });
  const errors = [...problems, ...checkCard(card)].filter(isError);
  if (errors.length > 0) throw badSettings(errors);
  return card;
};

const interactive = (card: Json): Content => ({ msgType: 'interactive', body: JSON.stringify(withMarkerPlace(card)) });

const upload = async (
  file: string,
  what: 'image' | 'file',
  app: App,
  appName: string,
  context: Context,
): Promise<Content> =>
  frozen(filePart(readUpload(what, resolve(context.cwd, file), { name: null, at: null })), appName, app.uploads());

/** The one message that the options describe. */
const contentOf = async (options: Options, appName: string, app: App, context: Context): Promise<ReadyMessage> => {
  const built = ['title', 'subtitle', 'markdown', 'button', 'color'].filter((name) => texts(options, name).length > 0);
  const whole = ['card', 'image', 'file'].filter((name) => text(options, name) !== null);
  const all = [
    ...whole,
    ...(built.length > 0 ? [built[0] as string] : []),
    ...(whole.length > 0 && text(options, 'text') !== null ? ['text'] : []),
  ];
  if (all.length > 1)
    throw failure(cliWords, 'two-contents', { options: all.map((name) => `--${name}`) }, { status: 2 });
  const message = (kind: string, content: Content): ReadyMessage => ({ app: appName, kind, content });
  const [kind] = whole;
  if (kind === 'card') {
    const given = readJsonText(text(options, 'card') ?? '', context.cwd);
    const errors = (await checkBareCard(given)).filter(isError);
    if (errors.length > 0) throw badSettings(errors);
    return message('card', interactive(given.json));
  }
  if (kind === 'image' || kind === 'file') {
    const file = text(options, kind) ?? '';
    const fault = fileFault(resolve(context.cwd, file), kind);
    if (fault?.code === 'upload-unreadable')
      throw failure(cliWords, 'upload-unreadable', { file, why: fault.why }, { status: 2 });
    if (flag(options, 'dryRun'))
      return message(kind, { msgType: kind, body: JSON.stringify({ file: basename(file) }) });
    return message(kind, await upload(file, kind, app, appName, context));
  }
  if (built.length > 0) return message('card', interactive(cardFrom(options, app.project, context.clock.now())));
  const words = text(options, 'text');
  if (words === null || words === '') throw failure(cliWords, 'no-content', undefined, { status: 2 });
  return message('text', { msgType: 'text', body: JSON.stringify({ text: words.replaceAll('\\n', '\n') }) });
};

/** `larkcron send`: one message without a job; with `--key` at most once in seven days. */
export const send: Act = async ({ options }, context) => {
  const { out, clock } = context;
  const wait = parseWait('--wait', text(options, 'wait'), 30 * SECOND);
  const project = context.project([]);
  const to = recipientsFrom(texts(options, 'to'), project);
  if (to.length === 0) throw failure(cliWords, 'no-recipient', undefined, { status: 2 });
  refuseUnguarded(to, project.settings);
  const names = Object.keys(project.settings.apps);
  const appName = text(options, 'app') ?? (names.includes('default') ? 'default' : (names[0] ?? 'default'));
  if (!names.includes(appName))
    throw failure(configWords, 'unknown-app', { name: appName, suggestion: nearest(appName, names) }, { status: 2 });

  const bot = to.find(({ idType }) => idType === 'webhook');
  const uploaded = (['image', 'file'] as const).find((name) => text(options, name) !== null);
  if (bot !== undefined && uploaded !== undefined)
    throw failure(configWords, 'key-conflict', { key: `--${uploaded}`, other: bot.shown }, { status: 2 });

  const app = await context.app(project);
  const message = await contentOf(options, appName, app, context);
  if (flag(options, 'dryRun')) {
    const recipients = to.map(({ shown }) => shown);
    out.line(
      out.say({
        zh: `会发给 ${recipients.join('、')};没有发送。`,
        en: `would go to ${recipients.join(', ')}; nothing was sent.`,
      }),
    );
    out.data({ dryRun: true, recipients, msgType: message.content.msgType, content: JSON.parse(message.content.body) });
    return 0;
  }
  const key = text(options, 'key');
  const onceKey = key === null ? null : `key:${key}`;
  const { run, mine } = await openMessage(app, { to, message, onceKey, now: clock.now() });
  if (!hasEnded(run.state)) await settleRuns(app.loops(), [run.id], { wait });
  await cancelIfInterrupted(app, [run.id], context);
  if (mine) return printRun(app, run.id, context);
  out.line(out.say(cliWords['key-used']({ key: key ?? '' }).message));
  return printRun(app, run.id, context, { repeated: true });
};
