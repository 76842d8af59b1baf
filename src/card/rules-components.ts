import { BUTTON_TYPES } from '../model/card.ts';
import { nearest } from '../model/nearest.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkTable } from './rules-table.ts';
import { type Component, isObject, type JsonObject, listOf, objectOf, textOf } from './walk.ts';

const DISPLAY = ['markdown', 'div', 'hr', 'img', 'img_combination', 'person', 'person_list', 'chart', 'table', 'audio'];
const NAMED = [
  ...['input', 'select_static', 'multi_select_static', 'select_person', 'multi_select_person', 'date_picker'],
  ...['picker_time', 'picker_datetime', 'select_img', 'checker'],
];
const CONTAINERS = ['column_set', 'column', 'form', 'interactive_container', 'collapsible_panel'];
/** On no page we read, but seen in cards that arrived. */
const OBSERVED = ['video', 'avatar', 'fallback_text', 'standard_icon', 'custom_icon'];
const BOTH = [...DISPLAY, ...NAMED, ...CONTAINERS, ...OBSERVED, 'button', 'overflow'];
const V1_ONLY = ['note', 'action', 'plain_text', 'lark_md'];

const CHART_TYPES = [
  ...['line', 'area', 'bar', 'pie', 'common', 'funnel', 'scatter', 'radar', 'linearProgress', 'circularProgress'],
  ...['wordCloud', 'gauge', 'treemap', 'histogram', 'heatmap', 'waterfall', 'sankey'],
];

const filled = (json: unknown): boolean => typeof json === 'string' && json.trim() !== '';
const URL_KEYS = ['url', 'default_url', 'pc_url', 'ios_url', 'android_url'];
const hasLink = (node: JsonObject): boolean => URL_KEYS.some((key) => filled(node[key]));

const checkTag = ({ tag, path }: Component, { v2 }: { v2: boolean }): CardFinding[] => {
  if (v2 && (tag === 'note' || tag === 'action'))
    return [finding('card-removed-tag', { tag }, { path, feishu: 200861 })];
  const known = v2 ? BOTH : [...BOTH, ...V1_ONLY];
  return known.includes(tag)
    ? []
    : [finding('card-unknown-tag', { tag, suggestion: nearest(tag, known) }, { path, feishu: 200621 })];
};

const submits = (node: JsonObject): boolean =>
  node['form_action_type'] === 'submit' || node['action_type'] === 'form_submit';

const checkButton = ({ node, path, parents }: Component, { v2 }: { v2: boolean }): CardFinding[] => {
  const type = textOf(node['type']);
  const inForm = parents.some((parent) => parent['tag'] === 'form');
  const links = listOf(node['behaviors']).flatMap((behavior, i) =>
    objectOf(behavior)['type'] === 'open_url' && !hasLink(objectOf(behavior))
      ? [finding('card-link-empty', undefined, { path: `${path}.behaviors[${i}]` })]
      : [],
  );
  const multi =
    isObject(node['multi_url']) && !hasLink(node['multi_url'])
      ? [finding('card-link-empty', undefined, { path: `${path}.multi_url` })]
      : [];
  const acts = ['behaviors', 'url', 'multi_url', 'value'].some(
    (key) => node[key] !== undefined && node[key] !== null && node[key] !== '',
  );
  return [
    ...(isObject(node['text']) || isObject(node['icon'])
      ? []
      : [finding('card-required', { tag: 'button', key: 'text' }, { path, severity: v2 ? 'error' : 'warning' })]),
    ...(type !== null && !BUTTON_TYPES.some((known) => known === type)
      ? [
          finding(
            'card-value',
            { key: 'type', value: type, allowed: BUTTON_TYPES.join(', '), suggestion: nearest(type, BUTTON_TYPES) },
            { path: `${path}.type`, severity: 'warning' },
          ),
        ]
      : []),
    ...((acts && !(Array.isArray(node['behaviors']) && listOf(node['behaviors']).length === 0)) ||
    inForm ||
    node['disabled'] === true
      ? []
      : [finding('card-button-idle', undefined, { path })]),
    ...links,
    ...multi,
  ];
};

const checkImage = ({ node, path }: Component): CardFinding[] => {
  const key = textOf(node['img_key']);
  if (key === null || key === '')
    return [finding('card-required', { tag: 'img', key: 'img_key' }, { path, feishu: 200570 })];
  if (/^img_/.test(key)) return [];
  const address = /[:/\s]/.test(key);
  return [
    finding(
      'card-image-key',
      { key },
      address ? { path: `${path}.img_key`, feishu: 200570 } : { path: `${path}.img_key`, severity: 'warning' },
    ),
  ];
};

/** The server checks a spec by its type; null in it is refused, for instance `axes: null` (observed, 200550). */
const checkChart = ({ node, path }: Component): CardFinding[] => {
  const spec = objectOf(node['chart_spec']);
  const at = `${path}.chart_spec`;
  const type = textOf(spec['type']);
  if (type === null) return [finding('card-chart-type', { type: null }, { path: at, feishu: 200550 })];
  return [
    ...(CHART_TYPES.includes(type)
      ? []
      : [finding('card-chart-type', { type }, { path: `${at}.type`, severity: 'warning' })]),
    ...Object.keys(spec)
      .filter((key) => spec[key] === null)
      .map((key) => finding('card-chart-null', { key }, { path: `${at}.${key}`, feishu: 200550 })),
  ];
};

const inside = ({ node, path }: Component, components: readonly Component[]): readonly Component[] =>
  components.filter((other) => other.path.startsWith(`${path}.`) && other.parents.includes(node));

const checkForm = (form: Component, components: readonly Component[]): CardFinding[] => {
  const children = inside(form, components);
  const nameless = children.filter(({ tag, node }) => NAMED.includes(tag) && !filled(node['name']));
  return [
    ...(filled(form.node['name']) ? [] : [finding('card-required', { tag: 'form', key: 'name' }, { path: form.path })]),
    ...(form.parents.length > 0
      ? [finding('card-root-only', { tag: 'form' }, { path: form.path, feishu: 200621 })]
      : []),
    ...(children.some(({ node }) => submits(node))
      ? []
      : [finding('card-form-submit', undefined, { path: form.path })]),
    ...nameless.map(({ tag, path }) => finding('card-form-name', { tag }, { path, feishu: 200530 })),
  ];
};

/** What each component needs to be one (Feishu: component pages; lists of every property are not checked yet). */
export const checkComponents = (components: readonly Component[], version: { v2: boolean }): CardFinding[] =>
  components.flatMap((component) => {
    const { tag, node, path } = component;
    const own = (): CardFinding[] => {
      switch (tag) {
        case 'button':
          return checkButton(component, version);
        case 'img':
          return checkImage(component);
        case 'chart':
          return checkChart(component);
        case 'form':
          return checkForm(component, components);
        case 'table':
          return checkTable(component);
        case 'markdown':
          return typeof node['content'] === 'string'
            ? []
            : [finding('card-required', { tag, key: 'content' }, { path, feishu: 200621 })];
        case 'div':
          return version.v2 && 'elements' in node
            ? [finding('card-property', { tag, key: 'elements' }, { path: `${path}.elements`, feishu: 200621 })]
            : [];
        case 'column_set':
          return Array.isArray(node['columns']) ? [] : [finding('card-required', { tag, key: 'columns' }, { path })];
        case 'collapsible_panel':
          return isObject(node['header']) ? [] : [finding('card-required', { tag, key: 'header' }, { path })];
        default:
          return [];
      }
    };
    return [...checkTag(component, version), ...own()];
  });
