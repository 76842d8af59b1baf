import { type CardFinding, finding } from './finding.ts';
import { type Component, isObject, type JsonObject, join, objectsOf, textOf } from './walk.ts';

const URL_KEYS = ['url', 'default_url', 'pc_url', 'ios_url', 'android_url'];
const COLOR_KEYS = ['color', 'text_color', 'background_style', 'background_color', 'border_color'];

/** Schemes that run or read something. Others are left to the clients: apps of one's own are opened by theirs. */
const DANGEROUS = /^\s*(?:javascript|data|vbscript|file|blob|about)\s*:/i;
/** `lark://`, `tel:`: any scheme that is written out. */
const HAS_SCHEME = /^\s*[a-z][a-z0-9+.-]*:/i;

const checkLink = (link: string, path: string): CardFinding[] => {
  if (link === '') return [];
  if (DANGEROUS.test(link)) return [finding('card-link-scheme', { link, dangerous: true }, { path })];
  return HAS_SCHEME.test(link)
    ? []
    : [finding('card-link-scheme', { link, dangerous: false }, { path, severity: 'warning' })];
};

/** `[text](address)`, `![text](key)` and `<at>` of a text that Feishu interprets; code is left out. */
const checkMarkdown = (content: string, path: string): CardFinding[] => {
  const text = content.replace(/^\s*(```|~~~).*?^\s*\1/gms, '').replace(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/(!?)\[[^\]\n]*\]\(\s*<?([^)\s>]*)/g)];
  const tags = [...text.matchAll(/<a\s[^>]*href\s*=\s*["']?([^"'>\s]*)/gi)];
  const links = [
    ...targets.filter((match) => match[1] === '').map((match) => match[2] ?? ''),
    ...tags.map((match) => match[1] ?? ''),
  ];
  const images = targets.filter((match) => match[1] === '!').map((match) => match[2] ?? '');
  return [
    // `$name` is 1.0's way to name an address under `href`
    ...links.filter((link) => !link.startsWith('$')).flatMap((link) => checkLink(link, path)),
    ...images
      .filter((key) => /[:/]/.test(key))
      .map((key) => finding('card-image-key', { key }, { path, feishu: 200570 })),
    ...(/<at\s+(?:id|user_id)\s*=\s*["']?all\b/i.test(text)
      ? [finding('card-at-all', undefined, { path, severity: 'warning' })]
      : []),
  ];
};

const interpreted = (node: JsonObject): boolean => node['tag'] === 'markdown' || node['tag'] === 'lark_md';

/** Links, images and mentions wherever they stand, and colours that Feishu does not read. */
export const checkContents = (
  card: JsonObject,
  components: readonly Component[],
  { v2 }: { v2: boolean },
): CardFinding[] => {
  const objects = objectsOf(card);
  const links = objects.flatMap(({ node, path }) =>
    URL_KEYS.flatMap((key) => checkLink(textOf(node[key]) ?? '', join(path, key))),
  );
  const texts = objects
    .filter(({ node }) => interpreted(node))
    .flatMap(({ node, path }) => checkMarkdown(textOf(node['content']) ?? '', join(path, 'content')));
  const colors = objects.flatMap(({ node, path }) =>
    COLOR_KEYS.filter((key) => textOf(node[key])?.startsWith('#') === true).map((key) =>
      finding('card-color-hex', { key, value: textOf(node[key])! }, { path: join(path, key), severity: 'warning' }),
    ),
  );
  const config = isObject(card['config']) ? card['config'] : {};
  const audio = v2 && components.some(({ tag }) => tag === 'audio') && config['enable_forward'] !== false;
  return [
    ...links,
    ...texts,
    ...colors,
    ...(audio ? [finding('card-forward', undefined, { path: 'config', feishu: 300220 })] : []),
  ];
};
