import type { Block, CardSpec, Template } from '../model/card.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { checkTemplate } from './check-template.ts';
import { SCOPE_NAMES } from './scope.ts';
import type { Landing } from './template.ts';
import { cardWords } from './words.ts';

type Landed = readonly [Template, Landing];

const templatesOf = (block: Block): Landed[] => {
  switch (block.block) {
    case 'markdown':
      return [[block.text, 'markdown']];
    case 'text':
    case 'note':
      return [[block.text, 'plain']];
    case 'fields':
      return block.fields.flatMap(({ label, value }): Landed[] => [
        [label, 'plain'],
        [value, 'plain'],
      ]);
    case 'table':
      return (block.columns ?? []).map(({ label }): Landed => [label, 'plain']);
    case 'buttons':
      return block.buttons.flatMap(({ text, url }): Landed[] => [
        [text, 'plain'],
        [url, 'link'],
      ]);
    case 'divider':
    case 'raw':
      return [];
  }
};

const ofBlock = (block: Block, datasets: readonly string[]): Problem[] => {
  if (block.block !== 'table' || datasets.includes(block.rows)) return [];
  return [
    problem(
      cardWords,
      'unknown-dataset',
      { name: block.rows, known: datasets, suggestion: nearest(block.rows, datasets) },
      { at: block.at },
    ),
  ];
};

/** What can be said of a card before there is data: its templates, links and the datasets it names. */
export const checkCardSpec = (spec: CardSpec, datasets: readonly string[]): Problem[] => {
  const names = [...SCOPE_NAMES, ...datasets];
  const optional = [spec.title, spec.subtitle, spec.summary].filter((template) => template !== null);
  const templates: Landed[] = [
    ...optional.map((template): Landed => [template, 'plain']),
    ...spec.tags.map(({ text }): Landed => [text, 'plain']),
    ...spec.body.flatMap(templatesOf),
  ];
  return [
    ...templates.flatMap(([template, landing]) => checkTemplate(template, landing, names)),
    ...spec.body.flatMap((block) => ofBlock(block, datasets)),
  ];
};
