import type { Json } from '../model/dataset.ts';
import { type Span, span } from './lines.ts';
import * as card from './read-card.ts';
import { harmlessLine } from './terminal-look.ts';

type Node = card.Node;
const { node, nodes, text } = card;

const words = (json: Json | undefined): string => harmlessLine(card.contentOf(json));

const imageSpan = (image: Node): Span =>
  span(`‹🖼 ${words(image['alt']) || words(image['title']) || harmlessLine(text(image['img_key']))}›`, '2');

const optionWords = (select: Node, value: string): string =>
  words(nodes(select['options']).find((option) => text(option['value']) === value)?.['text']) || harmlessLine(value);

const chosenOf = (select: Node): string => {
  const index = select['initial_index'];
  const options = nodes(select['options']);
  const first = text(select['initial_option']) || text(options[typeof index === 'number' ? index - 1 : -1]?.['value']);
  const values: readonly Json[] = Array.isArray(select['selected_values']) ? select['selected_values'] : [first];
  return values
    .map(text)
    .filter((value) => value !== '')
    .map((value) => optionWords(select, value))
    .join('、');
};

/** A field to fill in: what is in it, else what it asks for, in pale. */
const fieldSpans = (value: string, placeholder: string, mark: string): Span[] => [
  span('[ '),
  value === '' ? span(placeholder, '2') : span(value),
  span(`${mark} ]`),
];

const inputSpans = (input: Node): Span[] => {
  const label = words(input['label']);
  const secret = input['input_type'] === 'password';
  const value = harmlessLine(text(input['default_value']));
  return [
    ...(label === '' ? [] : [span(`${label}${input['required'] === true ? ' *' : ''} `)]),
    ...fieldSpans(secret ? '•'.repeat(Math.min(20, value.length)) : value, words(input['placeholder']), ''),
  ];
};

const people = (ids: readonly string[]): Span[] => [span(ids.map((id) => `@${harmlessLine(id)}`).join('  '), '34')];

/** Components that are one line of text in a terminal; null for any other. */
export const partSpans = (element: Node): Span[] | null => {
  switch (text(element['tag'])) {
    case 'img':
      return [imageSpan(element)];
    case 'img_combination':
      return nodes(element['img_list']).flatMap((image) => [imageSpan(image), span(' ')]);
    case 'select_img':
      return nodes(element['options']).flatMap((option) => [span('( ) '), imageSpan(option), span(' ')]);
    case 'audio':
      return [span(`‹▶ ${harmlessLine(text(element['file_key']))}›`, '2')];
    case 'person':
      return people([text(element['user_id'])]);
    case 'person_list':
      return people(nodes(element['persons']).map(({ id }) => text(id)));
    case 'input':
      return inputSpans(element);
    case 'select_static':
    case 'select_person':
    case 'multi_select_static':
    case 'multi_select_person':
      return fieldSpans(chosenOf(element), words(element['placeholder']), ' ▾');
    case 'date_picker':
      return fieldSpans(harmlessLine(text(element['initial_date'])), words(element['placeholder']), ' ▾');
    case 'picker_time':
      return fieldSpans(harmlessLine(text(element['initial_time'])), words(element['placeholder']), ' ▾');
    case 'picker_datetime':
      return fieldSpans(harmlessLine(text(element['initial_datetime'])), words(element['placeholder']), ' ▾');
    case 'overflow':
      return [
        span(
          `[ ⋯ ${nodes(element['options'])
            .map((option) => words(option['text']))
            .join(' · ')} ]`,
        ),
      ];
    case 'checker':
      return [
        span(element['checked'] === true ? '☑ ' : '☐ '),
        span(words(element['text']), node(element['checked_style'])['show_strikethrough'] === true ? '9' : ''),
      ];
    case 'standard_icon':
    case 'custom_icon':
      return [];
    default:
      return null;
  }
};
