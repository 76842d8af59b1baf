import { nearest } from '../../model/nearest.ts';
import { type Component, isObject, type JsonObject, listOf, objectOf, type Tour, textOf } from '../walk.ts';
import { type CardFinding, finding } from './finding.ts';
import { inForm, submits } from './form.ts';

const filled = (json: unknown): boolean => typeof json === 'string' && json.trim() !== '';
const URL_KEYS = ['url', 'default_url', 'pc_url', 'ios_url', 'android_url'];
const hasLink = (node: JsonObject): boolean => URL_KEYS.some((key) => filled(node[key]));

const emptyLinks = ({ node, path }: Component): CardFinding[] => [
  ...listOf(node['behaviors']).flatMap((behavior, i) =>
    objectOf(behavior)['type'] === 'open_url' && !hasLink(objectOf(behavior))
      ? [finding('card-link-empty', undefined, { path: `${path}.behaviors[${i}]` })]
      : [],
  ),
  ...(isObject(node['multi_url']) && !hasLink(node['multi_url'])
    ? [finding('card-link-empty', undefined, { path: `${path}.multi_url` })]
    : []),
];

const acts = (node: JsonObject): boolean =>
  Array.isArray(node['behaviors'])
    ? node['behaviors'].length > 0 || isObject(node['multi_url']) || filled(node['url'])
    : ['behaviors', 'url', 'multi_url', 'value'].some(
        (key) => node[key] !== undefined && node[key] !== null && node[key] !== '',
      );

export const checkButton = (component: Component, { v2 }: Tour): CardFinding[] => {
  const { node, path } = component;
  const formed = inForm(component);
  return [
    ...(isObject(node['text']) || isObject(node['icon'])
      ? []
      : [finding('card-required', { tag: 'button', key: 'text' }, { path, severity: v2 ? 'error' : 'warning' })]),
    ...(acts(node) || formed || node['disabled'] === true ? [] : [finding('card-button-idle', undefined, { path })]),
    ...(v2 && submits(node) && !formed
      ? [finding('card-submit-outside', undefined, { path, severity: 'warning' })]
      : []),
    ...emptyLinks(component),
  ];
};

const valuesOf = (node: JsonObject): readonly (string | null)[] =>
  listOf(node['options']).map((option) => textOf(objectOf(option)['value']));

/** What is chosen at first is one of the options, and no two options are the same (cards: §3.5). */
export const checkSelect = ({ node, path, tag }: Component): CardFinding[] => {
  const values = valuesOf(node);
  const twice = values.flatMap((value, i) => {
    const first = value === null || value === '' || tag === 'overflow' ? i : values.indexOf(value);
    return first === i
      ? []
      : [
          finding(
            'card-duplicate',
            { key: 'value', value: value!, first: `${path}.options[${first}].value`, where: 'options' },
            { path: `${path}.options[${i}].value`, severity: 'warning' },
          ),
        ];
  });
  const initial = textOf(node['initial_option']);
  const chosen = [
    ...(initial === null || initial === '' ? [] : [{ value: initial, at: `${path}.initial_option` }]),
    ...listOf(node['selected_values']).flatMap((value, i) =>
      typeof value === 'string' ? [{ value, at: `${path}.selected_values[${i}]` }] : [],
    ),
  ];
  // a select of people without options offers everyone in the chat
  const open = values.length === 0;
  return [
    ...twice,
    ...chosen
      .filter(({ value }) => !open && !values.includes(value))
      .map(({ value, at }) => finding('card-option-unknown', { value }, { path: at, severity: 'warning' })),
    ...(tag === 'select_static' && typeof node['initial_index'] === 'number' && node['initial_index'] > values.length
      ? [
          finding(
            'card-option-unknown',
            { value: String(node['initial_index']) },
            { path: `${path}.initial_index`, severity: 'warning' },
          ),
        ]
      : []),
  ];
};

const CHECKER_BUTTONS = 3;
const CHECKER_TYPES = ['text', 'primary_text', 'danger_text'];

/** Beside a checker stand three buttons at most, without borders (cards: §3.5). */
export const checkChecker = ({ node, path }: Component): CardFinding[] => {
  const buttons = listOf(objectOf(node['button_area'])['buttons']);
  const at = `${path}.button_area.buttons`;
  const allowed = CHECKER_TYPES.join(', ');
  return [
    ...(buttons.length > CHECKER_BUTTONS
      ? [finding('card-buttons-many', { count: buttons.length }, { path: at, severity: 'warning' })]
      : []),
    ...buttons.flatMap((button, i) => {
      const type = textOf(objectOf(button)['type']);
      return type === null || CHECKER_TYPES.includes(type)
        ? []
        : [
            finding(
              'card-value',
              {
                key: 'type',
                value: type,
                allowed: { zh: allowed, en: allowed },
                suggestion: nearest(type, CHECKER_TYPES),
              },
              { path: `${at}[${i}].type`, severity: 'warning' },
            ),
          ];
    }),
  ];
};

/** Without a first value a picker has to say what it is for (cards: §3.5). */
export const checkPicker = ({ node, path, tag }: Component): CardFinding[] =>
  isObject(node['placeholder']) || ['initial_date', 'initial_time', 'initial_datetime'].some((key) => filled(node[key]))
    ? []
    : [finding('card-required', { tag, key: 'placeholder' }, { path, severity: 'warning' })];
