import type { FromDataset, Template } from '../model/card.ts';
import type { Dataset, Json, Row, Value } from '../model/dataset.ts';
import type { Place } from '../model/errors.ts';
import { LOCALE } from '../model/text.ts';
import { type Filling, fillingOf } from './filling.ts';
import type { Scope } from './scope.ts';
import type { Landing } from './template.ts';

/** The key of an image in a card, by its path or its dataset; what cannot be had is a problem of the block's place. */
export type ImageKey = (picture: string | FromDataset, at: Place | null) => string;

/** What a condition sees beside datasets and times: a table's row and cell, a figure's value. */
export interface Seen {
  readonly row?: Row;
  readonly value?: Value;
}

/** Whether a condition holds. Throws LarkcronError when that cannot be worked out. */
export type Decide = (condition: Template, seen: Seen) => boolean;

/** What compiling needs from outside. */
export interface Means {
  readonly scope: Scope;
  readonly data: Readonly<Record<string, Dataset>>;
  readonly keyOf: ImageKey;
  readonly decide: Decide;
}

/** A card being made: its templates are filled in, its problems gathered, and where each element comes from is kept. */
export interface Making extends Means, Filling {
  /** places in the author's file by their path in the card */
  readonly places: Map<string, Place>;
}

export const makingOf = (means: Means): Making => ({ ...means, ...fillingOf(means.scope), places: new Map() });

type Said = { readonly content: string; readonly i18n_content?: { readonly [locale: string]: string } };

/** A text in the job's language, and in the others it is written in (cards: S-I18N). */
export const said = (template: Template, making: Making, into: Landing | 'line'): Said => {
  const written = (one: Template): string => (into === 'line' ? making.line(one) : making.text(one, into));
  const { translations } = template;
  if (translations === undefined) return { content: written(template) };
  return {
    content: written(translations[LOCALE[making.scope.lang]] ?? template),
    i18n_content: Object.fromEntries(Object.entries(translations).map(([locale, one]) => [locale, written(one)])),
  };
};

export const plainText = (template: Template, making: Making, into: 'plain' | 'line' = 'line'): Json => ({
  tag: 'plain_text',
  ...said(template, making, into),
});
