import { type Component, listOf, objectOf, type Tour, textOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';

/** Of any image, icon or option: Feishu gives keys like `img_v3_…`; what has no such head may be one of another kind, an address never is (200570). */
export const checkKey = (key: string, path: string): CardFinding[] => {
  if (/^img_/.test(key)) return [];
  return [
    finding('card-image-key', { key }, /[:/\s]/.test(key) ? { path, feishu: 200570 } : { path, severity: 'warning' }),
  ];
};

export const checkImage = ({ node, path }: Component): CardFinding[] =>
  (textOf(node['img_key']) ?? '') === ''
    ? [finding('card-required', { tag: 'img', key: 'img_key' }, { path, feishu: 200570 })]
    : [];

/** How many images a combination shows; those after them are not shown (cards: §3.2). */
const SHOWN: Readonly<Record<string, number>> = { double: 2, triple: 3, bisect: 6, trisect: 9 };

export const checkCombination = ({ node, path }: Component): CardFinding[] => {
  const images = listOf(node['img_list']);
  const mode = textOf(node['combination_mode']) ?? '';
  const most = Object.hasOwn(SHOWN, mode) ? SHOWN[mode]! : Number.POSITIVE_INFINITY;
  return [
    ...images.flatMap((image, i) =>
      (textOf(objectOf(image)['img_key']) ?? '') === ''
        ? [
            finding(
              'card-required',
              { tag: 'image', key: 'img_key' },
              { path: `${path}.img_list[${i}]`, feishu: 200570 },
            ),
          ]
        : [],
    ),
    ...(images.length > most
      ? [
          finding(
            'card-images-many',
            { mode, count: images.length, most },
            { path: `${path}.img_list`, severity: 'warning' },
          ),
        ]
      : []),
  ];
};

/** Ids of people are ASCII without blanks; an address, a name, or the id of a chat or a message is none (100290). */
export const isPersonId = (id: string): boolean => /^[\w.-]+$/.test(id) && !/^(?:oc|om|img|file)_/.test(id);

export const checkPeople = ({ node, path, tag }: Component): CardFinding[] => {
  const ids =
    tag === 'person'
      ? [{ id: textOf(node['user_id']), at: `${path}.user_id` }]
      : listOf(node['persons']).map((person, i) => ({
          id: textOf(objectOf(person)['id']),
          at: `${path}.persons[${i}].id`,
        }));
  return ids.flatMap(({ id, at }) =>
    id === null || id === '' || isPersonId(id)
      ? []
      : [finding('card-person-id', { id }, { path: at, severity: 'warning' })],
  );
};

/** A card with audio cannot be forwarded, and no two of them have one id (cards: §3.2 audio, §6). */
export const checkAudio = ({ card, components, v2 }: Tour): CardFinding[] => {
  const audios = components.filter(({ tag }) => tag === 'audio');
  const seen = new Map<string, string>();
  const twice = audios.flatMap(({ node, path, language }) => {
    const id = textOf(node['audio_id']);
    if (id === null || id === '') return [];
    const first = seen.get(`${language} ${id}`);
    seen.set(`${language} ${id}`, first ?? `${path}.audio_id`);
    return first === undefined
      ? []
      : [
          finding(
            'card-duplicate',
            { key: 'audio_id', value: id, first, where: 'card' },
            { path: `${path}.audio_id`, feishu: 300230 },
          ),
        ];
  });
  return [
    ...(v2 && audios.length > 0 && objectOf(card['config'])['enable_forward'] !== false
      ? [finding('card-forward', undefined, { path: 'config', feishu: 300220 })]
      : []),
    ...twice,
  ];
};
