import { type CardFinding, checkCard } from '../card/rules/check-card.ts';
import type { Json } from '../model/dataset.ts';
import { isError } from '../model/errors.ts';
import { type Answer, refuse, refuseField } from './answer.ts';
import { type Fields, isFields, textOf } from './request.ts';
import type { World } from './world.ts';
import type { Upload } from './world-event.ts';

/** Sizes that im-v1/message/create names: the request of a text, the content of a card or a post. */
const TEXT_LIMIT = 150 * 1024;
const CARD_LIMIT = 30 * 1024;

const cardRefusal = (inner: number, path: string | null, why: string): Answer => {
  const where = path === null ? '' : ` ErrPath: ${path};`;
  return refuse(230099, { msg: `Failed to create card content, ext=ErrCode: ${inner};${where} ErrMsg: ${why};` });
};

/** Every `img_key` in a card and every picture in its Markdown. */
const pictureKeys = (node: Json): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(pictureKeys);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'img_key' && typeof value === 'string') return value === '' ? [] : [value];
    if (
      name === 'content' &&
      typeof value === 'string' &&
      /^(markdown|md|lark_md)$/.test(textOf((node as Fields)['tag']))
    )
      return [...value.matchAll(/!\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] as string);
    return pictureKeys(value);
  });
};

const owned = (world: World, app: string, kind: Upload['kind'], key: string): boolean => {
  const upload = world.uploads.get(key);
  return upload?.kind === kind && upload.app === app;
};

/** Cards by reference hold no card to check, only the names of one (im-v1/message/create_json). */
const refuseReference = (card: Fields): Answer | null => {
  const data = isFields(card['data']) ? card['data'] : {};
  if (card['type'] === 'template') {
    if (!/^(AAq|ctp_)/.test(textOf(data['template_id']))) return cardRefusal(200380, null, 'template is not existed');
    const variables = data['template_variable'];
    return variables === undefined || isFields(variables)
      ? null
      : cardRefusal(200732, null, 'template variable type is invalid');
  }
  return textOf(data['card_id']) === '' ? cardRefusal(11310, null, 'cardid is invalid') : null;
};

/** A card's faults as Feishu reports them: one 230099 with the first one's inner code. Warnings pass. */
export const refuseFindings = (findings: readonly CardFinding[]): Answer | null => {
  const found = findings.find(isError);
  if (found === undefined) return null;
  return found.feishu === 230025 ? refuse(230025) : cardRefusal(found.feishu ?? 200621, found.path, found.message.en);
};

/** Why a card is refused: its own faults, or a picture that this app did not upload. */
export const refuseCard = (content: unknown, world: World, app: string): Answer | null => {
  if (!isFields(content))
    return cardRefusal(200621, null, 'parse card json err, please check whether the card json is correct');
  if (content['type'] === 'template' || content['type'] === 'card') return refuseReference(content);
  const card = content as Json;
  const refused = refuseFindings(checkCard(card));
  if (refused !== null) return refused;
  const strange = pictureKeys(card).find((key) => !owned(world, app, 'image', key));
  return strange === undefined ? null : cardRefusal(200570, null, `image key is invalid: ${strange}`);
};

const refusePost = (content: unknown, world: World, app: string): Answer | null => {
  const languages = isFields(content) ? Object.values(content) : [];
  const whole = (one: unknown): boolean =>
    isFields(one) && Array.isArray(one['content']) && one['content'].every(Array.isArray);
  if (languages.length === 0 || !languages.every(whole))
    return refuse(230001, { ext: 'invalid message content: post' });
  const nodes = languages.flatMap((one) => (one as { content: unknown[][] }).content.flat()).filter(isFields);
  const strange = nodes.some((node) => node['tag'] === 'img' && !owned(world, app, 'image', textOf(node['image_key'])));
  return strange ? refuse(230017) : null;
};

const refuseText = (content: unknown): Answer | null =>
  isFields(content) && textOf(content['text']) !== ''
    ? null
    : refuse(230001, { ext: 'invalid message content: text is empty' });

const refuseKey = (content: unknown, kind: Upload['kind'], world: World, app: string): Answer | null => {
  const key = isFields(content) ? textOf(content[kind === 'image' ? 'image_key' : 'file_key']) : '';
  if (key === '') return refuse(230001, { ext: `invalid ${kind}_key` });
  return owned(world, app, kind, key) ? null : refuse(230017);
};

const parsed = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** Why Feishu would not take this content; null when it would. `bytes` is the size of the whole request body. */
export const refuseContent = (
  { msgType, content, bytes }: { msgType: string; content: unknown; bytes: number },
  world: World,
  app: string,
): Answer | null => {
  if (msgType === '') return refuseField('msg_type', 'msg_type is required');
  if (typeof content !== 'string')
    return refuseField('content', 'content must be a string: the JSON of the content object');
  const card = msgType === 'interactive';
  const tooLong = card || msgType === 'post' ? Buffer.byteLength(content) > CARD_LIMIT : bytes > TEXT_LIMIT;
  if (tooLong) return refuse(230025);
  const json = parsed(content);
  if (json === null && !card) return refuse(230001, { ext: 'content is not a string in json format' });
  switch (msgType) {
    case 'interactive':
      return refuseCard(json?.value, world, app);
    case 'text':
      return refuseText(json?.value);
    case 'post':
      return refusePost(json?.value, world, app);
    case 'image':
      return refuseKey(json?.value, 'image', world, app);
    case 'file':
      return refuseKey(json?.value, 'file', world, app);
    default:
      return refuse(230001, {
        ext: `the sandbox takes text, post, image, file and interactive, not msg_type ${msgType}`,
      });
  }
};
