import type { Json } from '../../model/dataset.ts';
import { type Lang, say } from '../../model/text.ts';
import { cardToHtml } from '../../picture/html.ts';
import { referenceOf, variableLine } from '../../picture/reference.ts';
import { escapeHtml } from '../../picture/safe-html.ts';
import { BOT_NAME } from '../bot.ts';
import { type Fields, fieldsOf, isFields, textOf } from '../request.ts';
import type { World } from '../world.ts';
import type { SandboxMessage } from '../world-event.ts';
import { clockTime, moment } from './clock-time.ts';
import { postHtml } from './draw-post.ts';
import { textHtml } from './draw-text.ts';
import { pageWords } from './page-words.ts';

export const contentOf = (message: SandboxMessage): Fields => fieldsOf(Buffer.from(message.content)) ?? {};

const bubble = (html: string, kind = ''): string => `<div class="bubble ${kind}">${html}</div>`;

const size = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${(bytes / 1024).toFixed(1)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;

const picturePath = (key: string): string => `/sandbox/pictures/${encodeURIComponent(key)}`;

const pictureHtml = (key: string, world: World, lang: Lang): string => {
  const upload = world.uploads.get(key);
  return upload?.picture == null
    ? `<span class="nothing">🖼 ${escapeHtml(upload?.name ?? key)} · ${say(pageWords.notShown, lang)}</span>`
    : `<img src="${picturePath(key)}" alt="${escapeHtml(upload.name)}" loading="lazy">`;
};

const fileHtml = (key: string, world: World, lang: Lang): string => {
  const upload = world.uploads.get(key);
  const name = escapeHtml(upload?.name ?? key);
  return `<span class="icon" aria-hidden="true">📄</span><span><b>${name}</b><small>${upload === undefined ? say(pageWords.file, lang) : size(upload.size)}</small></span>`;
};

const cardHtml = (content: Fields, world: World, lang: Lang): string => {
  const byReference = content['type'] === 'template' || content['type'] === 'card';
  const picture = (key: string): string | null => (world.uploads.get(key)?.picture == null ? null : picturePath(key));
  const person = (id: string): string | null => (world.shown(id) === id ? null : world.shown(id));
  if (!byReference) return cardToHtml(content as Json, { lang, picture, person });
  const { id = '', variables = [] } = referenceOf(content as Json) ?? {};
  const rows = variables.map(([name, value]) => `<br>${escapeHtml(name)}: ${escapeHtml(variableLine(value))}`).join('');
  return bubble(`<span class="nothing">🗂 ${escapeHtml(id)} · ${say(pageWords.reference, lang)}${rows}</span>`);
};

const bodyHtml = (message: SandboxMessage, world: World, lang: Lang): string => {
  const content = contentOf(message);
  const picture = (key: string): string => pictureHtml(key, world, lang);
  switch (message.msgType) {
    case 'text':
      return bubble(textHtml(textOf(content['text'])), 'text');
    case 'post':
      return bubble(postHtml(content, lang === 'zh' ? 'zh_cn' : 'en_us', picture), 'post');
    case 'image':
      return `<div class="picture">${picture(textOf(content['image_key']))}</div>`;
    case 'file':
      return bubble(fileHtml(textOf(content['file_key']), world, lang), 'file');
    default:
      return cardHtml(content, world, lang);
  }
};

const quoteHtml = (message: SandboxMessage, world: World, lang: Lang): string => {
  const parent = message.parentId === null ? undefined : world.messages.get(message.parentId);
  if (parent === undefined) return '';
  return `<a class="quote" href="#m-${escapeHtml(parent.messageId)}">${say(pageWords.reply, lang)} ${escapeHtml(previewOf(parent, world, lang))}</a>`;
};

const recalledHtml = (message: SandboxMessage, world: World, lang: Lang): string =>
  `<details class="recalled"><summary>${say(pageWords.recalled, lang)} <u>${say(pageWords.wasRecalled, lang)}</u></summary>${bodyHtml(message, world, lang)}</details>`;

/** One message as the chat shows it: avatar, name, time, what was sent, its id. A safe HTML fragment. */
export const messageHtml = (message: SandboxMessage, world: World, lang: Lang): string => {
  const id = escapeHtml(message.messageId);
  const body = message.recalledAt === null ? bodyHtml(message, world, lang) : recalledHtml(message, world, lang);
  const updated =
    message.updatedAt === null ? '' : ` · <em>${say(pageWords.updated, lang)} ${clockTime(message.updatedAt)}</em>`;
  const ofBot = message.recipient.idType === 'webhook';
  const urgent = message.urgent
    .map(({ by }) => ` · <strong>${say(pageWords.urgent, lang)} ${escapeHtml(by)}</strong>`)
    .join('');
  return `<article class="message" id="m-${id}"><div class="avatar bot" aria-hidden="true">🐦</div><div class="said">
<header><b>${ofBot ? say(pageWords.customBot, lang) : BOT_NAME}</b><i class="badge">${say(pageWords.bot, lang)}</i><time>${moment(message.createdAt)}</time></header>
${quoteHtml(message, world, lang)}${body}
<footer><code>${id}</code>${updated}${urgent}</footer></div></article>`;
};

/** The line under a chat's name: what its last message says. */
export const previewOf = (message: SandboxMessage, world: World, lang: Lang): string => {
  if (message.recalledAt !== null) return say(pageWords.recalled, lang);
  const content = contentOf(message);
  switch (message.msgType) {
    case 'text':
      return textOf(content['text'])
        .replaceAll(/<[^>]*>/g, '')
        .slice(0, 80);
    case 'post': {
      const post = Object.values(content)[0];
      const title = isFields(post) ? textOf(post['title']) : '';
      return title === '' ? `[${say(pageWords.post, lang)}]` : title;
    }
    case 'image':
      return `[${say(pageWords.image, lang)}]`;
    case 'file':
      return `[${say(pageWords.file, lang)}] ${world.uploads.get(textOf(content['file_key']))?.name ?? ''}`;
    default:
      return `[${say(pageWords.card, lang)}] ${cardTitle(content)}`;
  }
};

const cardTitle = (card: Fields): string => {
  const header = isFields(card['header']) ? card['header'] : {};
  const config = isFields(card['config']) ? card['config'] : {};
  const title = isFields(header['title']) ? textOf(header['title']['content']) : '';
  const summary = isFields(config['summary']) ? textOf(config['summary']['content']) : '';
  return summary || title;
};
