import { codeRow } from '../../feishu/codes.ts';
import { explain as explainCode, type LinkApp } from '../../feishu/explain.ts';
import { failure } from '../../model/errors.ts';
import { say, type Text } from '../../model/text.ts';
import type { Act } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

const CLASS_WORDS: Readonly<Record<ReturnType<typeof explainCode>['class'], Text>> = {
  retry: { zh: '会自动重试', en: 'tried again by itself' },
  token: { zh: '会换一个令牌再试一次', en: 'tried again once, with a new token' },
  setup: {
    zh: '要改应用的设置;同一次推送的其余消息不再发',
    en: 'the app must be mended; the rest of the run is not sent',
  },
  quota: { zh: '额度用完;同一次推送的其余消息不再发', en: 'the quota is used up; the rest of the run is not sent' },
  recipient: { zh: '只影响这个收件人,不重试', en: 'concerns this recipient only; not tried again' },
  message: { zh: '要改消息的内容,不重试', en: 'the message must be changed; not tried again' },
  unknown: { zh: '不知道是否送达', en: 'nobody knows whether it arrived' },
};

/** The app of the project we stand in, for the links; without a project there are none. */
const appHere = (context: Context): LinkApp | null => {
  try {
    return Object.values(context.project([]).settings.apps)[0] ?? null;
  } catch {
    return null;
  }
};

/** A number, a number and its inner one, or the whole of what Feishu said. */
const read = (written: string): { code: number; msg: string } | null => {
  const code = /"code"\s*:\s*(\d+)/.exec(written)?.[1] ?? /\d{4,9}/.exec(written)?.[0];
  if (code === undefined) return null;
  const inner = /^\s*230099\D+(\d{4,6})\s*$/.exec(written)?.[1];
  return { code: Number(code), msg: inner === undefined ? written : `ErrCode: ${inner};` };
};

/** `larkcron explain CODE`: what a code of Feishu's means, what larkcron does with it, and how to mend it. */
export const explain: Act = async ({ args }, context) => {
  const { out } = context;
  const written = args.join(' ');
  const said = read(written);
  if (said === null) throw failure(cliWords, 'no-code', { written }, { status: 2 });
  const known = codeRow(said) !== null;
  const found = explainCode(said, appHere(context));
  const { code, inner, class: kind, fault, link } = found;
  out.line(`${code}${inner === null ? '' : ` (${inner})`}: ${say(found.words, out.lang)}`);
  out.line(`  ${say(CLASS_WORDS[kind], out.lang)}`);
  if (say(found.hint, out.lang) !== '') out.line(`  → ${say(found.hint, out.lang)}`);
  if (link !== null) out.line(`  ${link}`);
  if (!known)
    out.line(
      out.say({
        zh: '  这个码不在表里,以上按它的形状推断。',
        en: '  This code is not in the table; the above goes by its shape.',
      }),
    );
  out.data({
    code,
    inner,
    known,
    class: kind,
    fault,
    retried: kind === 'retry' || kind === 'token',
    message: say(found.words, out.lang),
    hint: say(found.hint, out.lang) || null,
    link,
  });
  return 0;
};
