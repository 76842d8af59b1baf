import type { Block, CardSpec, Template } from '../model/card.ts';
import type { Problem } from '../model/errors.ts';
import { compileCard } from './compile.ts';
import { checkCard } from './rules/check-card.ts';
import type { Scope } from './scope.ts';

/** Nothing in it waits for data. */
const isFixed = (template: Template | null): boolean =>
  template === null ||
  (template.made === undefined &&
    !template.source.includes('{') &&
    Object.values(template.translations ?? {}).every(isFixed));

const STAND_IN: Template = { source: 'x', at: null };
const fixedOr = (template: Template): Template => (isFixed(template) ? template : STAND_IN);

const fixedIn = (body: readonly Block[]): readonly Block[] => body.flatMap(fixedBlock);

/** The block as far as it is known without data; none where that is not enough to look at. */
const fixedBlock = (block: Block): readonly Block[] => {
  const when = (fixed: boolean): readonly Block[] => (fixed ? [block] : []);
  switch (block.block) {
    case 'markdown':
    case 'text':
    case 'note':
      return when(isFixed(block.text));
    case 'fields':
      return when(block.fields.every(({ label, value }) => isFixed(label) && isFixed(value)));
    case 'image':
      return [{ ...block, src: STAND_IN, alt: null }];
    case 'buttons':
      return when(block.buttons.every(({ text, url }) => isFixed(text) && isFixed(url)));
    case 'people':
      return when(block.people.from === null && block.people.ids.every(isFixed));
    case 'chart':
      return when('spec' in block.chart && block.chart.rows === null);
    case 'columns':
      return [{ ...block, columns: block.columns.map((column) => ({ ...column, body: fixedIn(column.body) })) }];
    case 'panel':
      return [{ ...block, title: fixedOr(block.title), body: fixedIn(block.body) }];
    case 'table':
    case 'metrics':
      return [];
    default:
      return [block];
  }
};

const fixedCard = (spec: CardSpec): CardSpec => ({
  ...spec,
  title: spec.title === null ? null : fixedOr(spec.title),
  subtitle: null,
  summary: null,
  icon: spec.icon !== null && 'token' in spec.icon && isFixed(spec.icon.token) ? spec.icon : null,
  tags: spec.tags.map((tag) => ({ ...tag, text: fixedOr(tag.text) })),
  body: fixedIn(spec.body),
});

const NOWHERE: Scope = { values: {}, timezone: 'UTC', zone: { name: 'UTC', process: null }, lang: 'zh' };

/** What the whole card is made to fit, or has more of (card/fit). */
const OF_THE_WHOLE = ['card-size', 'card-elements-many', 'card-tables-many', 'card-empty'];
/** The templates themselves are looked at elsewhere (check-spec.ts). */
const OF_BLOCKS = ['no-person', 'raw-no-element'];

/**
 * Feishu's rules for all of a card that no data changes: raw components, charts by hand, fixed texts, people, tags. The
 * finished card may have other paths, so these findings have none.
 */
export const checkFixed = (spec: CardSpec): readonly Problem[] => {
  const { card, problems, placeOf } = compileCard(fixedCard(spec), {
    scope: NOWHERE,
    data: {},
    keyOf: () => 'img_x',
    decide: () => false,
  });
  return [
    ...problems.filter(({ code }) => OF_BLOCKS.includes(code)),
    ...checkCard(card)
      .filter(({ code }) => !OF_THE_WHOLE.includes(code))
      .map(({ feishu: _, ...found }) => ({ ...found, at: placeOf(found.path ?? ''), path: null })),
  ];
};
