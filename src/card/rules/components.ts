import { nearest } from '../../model/nearest.ts';
import { type Component, type Tour, textOf } from '../walk.ts';
import { checkButton, checkChecker, checkPicker, checkSelect } from './actions.ts';
import { checkChart } from './chart.ts';
import { type CardFinding, finding } from './finding.ts';
import { checkForm, inForm } from './form.ts';
import { checkCombination, checkImage, checkPeople } from './media.ts';
import { checkShape, type Reading } from './shape.ts';
import { containers } from './shapes/containers.ts';
import { display, displayV1 } from './shapes/display.ts';
import { interactives } from './shapes/interactive.ts';
import type { Shape } from './shapes/kind.ts';
import { checkTable } from './table.ts';

const V2: Readonly<Record<string, () => Shape>> = { ...display, ...interactives, ...containers };
const V1: Readonly<Record<string, () => Shape>> = { ...V2, ...displayV1 };

const checkTag = ({ tag, path }: Component, v2: boolean): CardFinding[] => {
  if (v2 && (tag === 'note' || tag === 'action'))
    return [finding('card-removed-tag', { tag }, { path, feishu: 200861 })];
  const known = Object.keys(v2 ? V2 : V1);
  return [finding('card-unknown-tag', { tag, suggestion: nearest(tag, known) }, { path, feishu: 200621 })];
};

/** Where the pages say that a component has no place. Forms and tables, that is refused (limits.ts, form.ts). */
const checkPlace = (component: Component): CardFinding[] => {
  const { tag, path, parents, node } = component;
  const parent = textOf(parents.at(-1)?.['tag']);
  const doubt = (where: string): CardFinding[] => [
    finding('card-place', { tag, where }, { path, severity: 'warning' }),
  ];
  if ((tag === 'column') !== (parent === 'column_set')) return tag === '' ? [] : doubt(parent ?? 'body');
  if (tag === 'chart') {
    // the form's page says both yes and no (cards: §3.3)
    const outer = parents.find((each) => each['tag'] === 'form' || each['tag'] === 'interactive_container');
    return outer === undefined ? [] : doubt(textOf(outer['tag']) ?? '');
  }
  const many =
    tag === 'multi_select_static' ||
    tag === 'multi_select_person' ||
    (tag === 'select_img' && node['multi_select'] === true);
  return many && !inForm(component) ? [finding('card-form-only', { tag }, { path })] : [];
};

const checkOwn = (component: Component, tour: Tour, reading: Reading): CardFinding[] => {
  switch (component.tag) {
    case 'button':
      return checkButton(component, tour);
    case 'img':
      return checkImage(component);
    case 'img_combination':
      return checkCombination(component);
    case 'person':
    case 'person_list':
      return checkPeople(component);
    case 'chart':
      return checkChart(component);
    case 'form':
      return checkForm(component, tour.components);
    case 'table':
      return checkTable(component, reading);
    case 'select_static':
    case 'multi_select_static':
    case 'select_person':
    case 'multi_select_person':
    case 'select_img':
    case 'overflow':
      return checkSelect(component);
    case 'checker':
      return checkChecker(component);
    case 'date_picker':
    case 'picker_time':
    case 'picker_datetime':
      return checkPicker(component);
    default:
      return [];
  }
};

/** What each component may have and needs (Feishu: component pages). */
export const checkComponents = (tour: Tour, reading: Reading): CardFinding[] => {
  const shapes = tour.v2 ? V2 : V1;
  return tour.components.flatMap((component) => {
    const { tag, node, path } = component;
    if (!Object.hasOwn(shapes, tag)) return checkTag(component, tour.v2);
    checkShape(node, shapes[tag]!(), path, reading);
    return [...checkPlace(component), ...checkOwn(component, tour, reading)];
  });
};
