import { type Lang, say } from '../../model/text.ts';
import { escapeHtml } from '../../picture/safe-html.ts';
import type { World } from '../world.ts';
import { chatEntryHtml, chatPaneHtml, chatsOf } from './draw-chat.ts';
import { pageWords } from './page-words.ts';

const LOCALES: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en' };

/** The page at `/`: every chat and message, complete without script; the script follows what comes later. */
export const pageHtml = (world: World, { lang, url }: { lang: Lang; url: string }): string => {
  const words = (name: keyof typeof pageWords): string => escapeHtml(say(pageWords[name], lang));
  const chats = chatsOf(world);
  const other = lang === 'zh' ? 'en' : 'zh';
  return `<!doctype html>
<html lang="${LOCALES[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${words('title')}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ctext y='13' font-size='13'%3E%F0%9F%90%A6%3C/text%3E%3C/svg%3E">
<link rel="stylesheet" href="/sandbox/page.css">
<script src="/sandbox/page.js" defer></script>
<script src="/sandbox/charts.js" data-vchart="/sandbox/vchart.js" defer></script>
</head>
<body data-seq="${world.changes.length}" data-lang="${lang}">
<header class="bar"><h1>${words('title')}</h1><p>${words('notFeishu')}</p><span class="live" data-live="${words('live')}" data-away="${words('away')}"></span><a href="/?lang=${other}" hreflang="${LOCALES[other]}">${words('otherLanguage')}</a></header>
<main>
<nav aria-label="${words('chats')}"><ul id="chats">${chats.map((chat) => chatEntryHtml(chat, world, lang)).join('\n')}</ul></nav>
<div id="panes">
<section class="empty"><p class="none">${words('empty')}</p><p class="some">${words('choose')}</p><p class="none">${words('emptyHint')}</p><pre class="none">endpoint: ${escapeHtml(url)}
larkcron run JOB --sandbox</pre></section>
${chats.map((chat) => chatPaneHtml(chat, world, lang)).join('\n')}
</div>
</main>
</body>
</html>`;
};
