import { margin, styled } from './box.ts';
import type { Drawing } from './drawing.ts';
import { iconHtml, iconOf } from './html-icon.ts';
import { type Node, nodes, text } from './read-card.ts';
import { escapeHtml } from './safe-html.ts';

const SIZES: readonly string[] = ['extra_small', 'small', 'medium', 'large'];

/** Ids are long and say nothing: without a name their end has to do. */
const nameOf = (id: string, by: Drawing): string =>
  by.person(id) ?? (id.length > 12 ? `${id.slice(0, 3)}…${id.slice(-4)}` : id);

const avatarHtml = (id: string, by: Drawing): string => {
  const first = [...(by.person(id) ?? id.replace(/^o[un]_/, ''))][0] ?? '?';
  return `<span class="lc-avatar" title="${escapeHtml(id)}">${escapeHtml(first.toUpperCase())}</span>`;
};

const personSpan = (
  id: string,
  by: Drawing,
  { avatar, name, classes }: { avatar: boolean; name: boolean; classes: string },
) =>
  `<span class="lc-person${classes}">${avatar ? avatarHtml(id, by) : ''}${name ? `<span>${escapeHtml(nameOf(id, by))}</span>` : ''}</span>`;

const sizeClass = (element: Node): string => {
  const size = text(element['size']);
  return ` lc-person-${SIZES.includes(size) ? size : 'medium'}`;
};

/** cards: 3.2, person: the avatar is shown unless told otherwise, the name only when asked for. */
export const personHtml = (person: Node, by: Drawing): string => {
  const classes = `${sizeClass(person)}${person['style'] === 'capsule' ? ' lc-capsule' : ''}`;
  const shown = { avatar: person['show_avatar'] !== false, name: person['show_name'] === true, classes };
  return `<div class="lc-fit"${styled({ margin: margin(person) })}>${personSpan(text(person['user_id']), by, shown)}</div>`;
};

/** cards: 3.2, person_list: names unless told otherwise, avatars when asked for; avatars alone overlap. */
export const personListHtml = (list: Node, by: Drawing): string => {
  const avatar = list['show_avatar'] === true;
  const name = list['show_name'] !== false;
  const shown = { avatar, name, classes: sizeClass(list) };
  const people = nodes(list['persons']).map((person) => personSpan(text(person['id']), by, shown));
  return `<div class="lc-people${avatar && !name ? ' lc-stacked' : ''}"${styled({ margin: margin(list) })}>${iconHtml(iconOf(list), by)}${people.join('')}</div>`;
};

export const personsCellHtml = (ids: readonly string[], by: Drawing): string =>
  `<span class="lc-people">${ids.map((id) => personSpan(id, by, { avatar: true, name: true, classes: ' lc-person-extra_small' })).join('')}</span>`;

export const inlinePersonHtml = (id: string, words: string, capsule: boolean, by: Drawing): string => {
  const classes = ` lc-person-extra_small${capsule ? ' lc-capsule' : ''}`;
  return words === ''
    ? personSpan(id, by, { avatar: true, name: true, classes })
    : `<span class="lc-person${classes}">${avatarHtml(id, by)}<span>${escapeHtml(words)}</span></span>`;
};
