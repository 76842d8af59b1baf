import { type Component, type JsonObject, listOf, objectOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';

/** What is filled in: its value is sent under its name. */
const NAMED = [
  ...['input', 'select_static', 'multi_select_static', 'select_person', 'multi_select_person', 'date_picker'],
  ...['picker_time', 'picker_datetime', 'select_img', 'checker'],
];

export const inForm = ({ parents }: Component): boolean => parents.some((parent) => parent['tag'] === 'form');

export const submits = (node: JsonObject): boolean =>
  node['form_action_type'] === 'submit' ||
  node['action_type'] === 'form_submit' ||
  listOf(node['behaviors']).some((behavior) => objectOf(behavior)['type'] === 'form_action');

/** Root only, with a button that submits, and a name for everything that is filled in (cards: §3.6). */
export const checkForm = (form: Component, components: readonly Component[]): CardFinding[] => {
  const children = components.filter(({ parents }) => parents.includes(form.node));
  const nameless = children.filter(
    ({ tag, node }) => NAMED.includes(tag) && (typeof node['name'] !== 'string' || node['name'].trim() === ''),
  );
  return [
    ...(form.parents.length > 0
      ? [finding('card-root-only', { tag: 'form' }, { path: form.path, feishu: 200621 })]
      : []),
    ...(children.some(({ node }) => submits(node))
      ? []
      : [finding('card-form-submit', undefined, { path: form.path })]),
    ...nameless.map(({ tag, path }) => finding('card-form-name', { tag }, { path, feishu: 200530 })),
  ];
};
