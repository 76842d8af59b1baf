import type { Block, CardSpec } from '../model/card.ts';
import { type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { checkTemplate } from './check-template.ts';
import { SCOPE_NAMES } from './scope.ts';
import { cardWords } from './words.ts';

const checkBlock = (block: Block, datasets: readonly string[]): Problem[] => {
  const names = [...SCOPE_NAMES, ...datasets];
  switch (block.block) {
    case 'markdown':
      return checkTemplate(block.text, 'markdown', names);
    case 'text':
    case 'note':
      return checkTemplate(block.text, 'plain', names);
    case 'fields':
      return block.fields.flatMap(({ label, value }) =>
        [label, value].flatMap((one) => checkTemplate(one, 'plain', names)),
      );
    case 'image':
      return [block.src, ...(block.alt === null ? [] : [block.alt])].flatMap((one) =>
        checkTemplate(one, 'plain', names),
      );
    case 'buttons':
      return block.buttons.flatMap(({ text, url }) => [
        ...checkTemplate(text, 'plain', names),
        ...checkTemplate(url, 'link', names),
      ]);
    case 'table': {
      const labels = (block.columns ?? []).flatMap(({ label }) => checkTemplate(label, 'plain', names));
      if (datasets.includes(block.rows)) return labels;
      const suggestion = nearest(block.rows, datasets);
      return [
        problem(cardWords, 'unknown-dataset', { name: block.rows, known: datasets, suggestion }, { at: block.at }),
        ...labels,
      ];
    }
    default:
      return [];
  }
};

/** What can be known of a card spec without data: its templates, the datasets its tables name, and the links. */
export const checkCardSpec = (spec: CardSpec, datasets: readonly string[]): Problem[] => {
  const names = [...SCOPE_NAMES, ...datasets];
  const heading = [spec.title, spec.subtitle, spec.summary, ...spec.tags.map(({ text }) => text)].filter(
    (one) => one !== null,
  );
  const untitled = spec.title === null && (spec.subtitle !== null || spec.tags.length > 0);
  return [
    ...(untitled ? [problem(cardWords, 'title-missing', undefined, { at: spec.subtitle?.at ?? spec.at })] : []),
    ...(spec.body.length === 0 ? [problem(cardWords, 'empty-card', undefined, { at: spec.at })] : []),
    ...heading.flatMap((template) => checkTemplate(template, 'plain', names)),
    ...spec.body.flatMap((block) => checkBlock(block, datasets)),
  ];
};
