import type { Block, Button, CardSpec, Template } from '../model/card.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Scope } from './scope.ts';
import { columnsOf, tableElement } from './tables.ts';
import type { Landing } from './template.ts';
import { fill } from './template.ts';
import { cardWords } from './words.ts';

/** A finished card and what was found on the way; with an error among the problems it must not be sent. */
export interface Compiled {
  readonly card: Json;
  readonly problems: readonly Problem[];
}

type JsonObject = { readonly [key: string]: Json };
const plainText = (content: string): JsonObject => ({ tag: 'plain_text', content });

/** Buttons in a row that folds on a narrow screen; a single one stands by itself. */
const inARow = (buttons: readonly JsonObject[]): JsonObject => {
  const [only] = buttons;
  if (only !== undefined && buttons.length === 1) return only;
  return {
    tag: 'column_set',
    flex_mode: 'flow',
    horizontal_spacing: '8px',
    columns: buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] })),
  };
};

/**
 * A card as its author described it, filled in with data, as Feishu card JSON 2.0. All findings come at once; a place
 * that could not be filled in is left empty in the card.
 */
export const compileCard = (spec: CardSpec, scope: Scope, data: Readonly<Record<string, Dataset>>): Compiled => {
  const problems: Problem[] = [];

  const filled = (template: Template, landing: Landing): string => {
    try {
      return fill(template, landing, scope);
    } catch (error) {
      if (!(error instanceof LarkcronError)) throw error;
      problems.push(...error.problems);
      return '';
    }
  };
  const collecting = <T extends Json>(make: () => T, otherwise: T): T => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof LarkcronError)) throw error;
      problems.push(...error.problems);
      return otherwise;
    }
  };

  const button = ({ text, url, type }: Button): JsonObject => ({
    tag: 'button',
    text: plainText(filled(text, 'plain')),
    type,
    behaviors: [{ type: 'open_url', default_url: filled(url, 'link') }],
  });

  const elements = (block: Block): JsonObject[] => {
    switch (block.block) {
      case 'markdown':
        return [{ tag: 'markdown', content: filled(block.text, 'markdown') }];
      case 'text':
        return [{ tag: 'div', text: plainText(filled(block.text, 'plain')) }];
      case 'note':
        return [
          {
            tag: 'div',
            text: { ...plainText(filled(block.text, 'plain')), text_size: 'notation', text_color: 'grey' },
          },
        ];
      case 'divider':
        return [{ tag: 'hr' }];
      case 'fields':
        return [
          {
            tag: 'column_set',
            flex_mode: 'bisect',
            horizontal_spacing: '12px',
            columns: block.fields.map(({ label, value }) => ({
              tag: 'column',
              width: 'weighted',
              weight: 1,
              vertical_spacing: '2px',
              elements: [
                {
                  tag: 'div',
                  text: { ...plainText(filled(label, 'plain')), text_size: 'notation', text_color: 'grey' },
                },
                { tag: 'div', text: plainText(filled(value, 'plain')) },
              ],
            })),
          },
        ];
      case 'table': {
        const dataset = data[block.rows];
        if (dataset === undefined) {
          const known = Object.keys(data);
          problems.push(
            problem(
              cardWords,
              'unknown-dataset',
              { name: block.rows, known, suggestion: nearest(block.rows, known) },
              { at: block.at },
            ),
          );
          return [];
        }
        const columns = columnsOf(block.columns, dataset);
        for (const { name, label } of columns) {
          if (dataset.columns.includes(name) || dataset.columns.length === 0) continue;
          const suggestion = nearest(name, dataset.columns);
          problems.push(
            problem(
              cardWords,
              'unknown-column',
              { name, rows: block.rows, known: dataset.columns, suggestion },
              { at: label.at ?? block.at },
            ),
          );
        }
        return [collecting(() => tableElement(columns, dataset, block.pageSize, scope) as JsonObject, {})];
      }
      case 'buttons':
        return block.buttons.length === 0 ? [] : [inARow(block.buttons.map(button))];
      case 'raw':
        return [block.element as JsonObject];
    }
  };

  const header: JsonObject = {
    title: plainText(spec.title === null ? '' : filled(spec.title, 'plain')),
    ...(spec.subtitle === null ? {} : { subtitle: plainText(filled(spec.subtitle, 'plain')) }),
    template: spec.color,
    ...(spec.tags.length === 0
      ? {}
      : {
          text_tag_list: spec.tags.map(({ text, color }) => ({
            tag: 'text_tag',
            text: plainText(filled(text, 'plain')),
            color,
          })),
        }),
  };
  const card: JsonObject = {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: 'fill',
      ...(spec.summary === null ? {} : { summary: { content: filled(spec.summary, 'plain') } }),
    },
    ...(spec.title === null && spec.subtitle === null && spec.tags.length === 0 ? {} : { header }),
    body: { vertical_spacing: '8px', elements: spec.body.flatMap(elements) },
  };
  return { card, problems };
};
