import type { LarkcronError } from '../../model/errors.ts';
import type { Text } from '../../model/text.ts';
import { escapeHtml } from '../../picture/safe-html.ts';

const page = (head: string, body: string): string => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>larkcron</title>
${head}<style>body { font: 16px/1.6 system-ui, sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em; color-scheme: light dark }</style>
${body}
</html>
`;

/**
 * Goes on to a page of ours. A redirect would not do: a browser that comes from the provider sends no cookie that is
 * `SameSite=Strict` along with it, and the person would seem not to be logged in.
 */
export const goOnPage = (path: string): string =>
  page(
    `<meta http-equiv="refresh" content="0;url=${escapeHtml(path)}">\n`,
    `<p><a href="${escapeHtml(path)}">larkcron</a></p>`,
  );

const said = (lang: 'zh' | 'en', message: Text, hint: Text | undefined): string =>
  `<div lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><p>${escapeHtml(message[lang])}</p>${hint === undefined ? '' : `<p>${escapeHtml(hint[lang])}</p>`}</div>`;

/** A login that came to nothing, in both languages: nobody knows yet who reads it. */
export const refusedPage = ({ message, hint }: Pick<LarkcronError['explanation'], 'message' | 'hint'>): string =>
  page(
    '',
    `<h1>larkcron</h1>${said('zh', message, hint)}${said('en', message, hint)}<p><a href="/">← larkcron</a></p>`,
  );
