import type { CardSpec, Icon, Template } from '../model/card.ts';
import type { Json, Value } from '../model/dataset.ts';
import type { Place, Problem } from '../model/errors.ts';
import { chosen } from './choice.ts';
import { elementsOf } from './elements.ts';
import type { Shown } from './fit/pieces.ts';
import { type Making, type Means, makingOf, plainText, said } from './making.ts';

const iconOf = (icon: Icon, making: Making): Json => {
  if ('src' in icon) return { tag: 'custom_icon', img_key: making.keyOf(making.line(icon.src), icon.src.at) };
  return {
    tag: 'standard_icon',
    token: making.line(icon.token),
    ...(icon.color === null ? {} : { color: icon.color }),
  };
};

const header = (spec: CardSpec, title: Template, making: Making): Json => ({
  title: plainText(title, making),
  ...(spec.subtitle === null ? {} : { subtitle: plainText(spec.subtitle, making) }),
  template: chosen(spec.color, making) ?? 'default',
  ...(spec.icon === null ? {} : { icon: iconOf(spec.icon, making) }),
  ...(spec.tags.length === 0
    ? {}
    : {
        text_tag_list: spec.tags.map(({ text, color }) => ({ tag: 'text_tag', text: plainText(text, making), color })),
      }),
});

/** Wide tables get the whole width of the chat; everything else reads better at Feishu's 600 px. */
const WIDE = 4;
const widthMode = (elements: readonly Json[]): string => {
  const columns = elements.map((element) =>
    (element as { columns?: readonly Json[]; tag: string }).tag === 'table'
      ? (element as { columns: readonly Json[] }).columns.length
      : 0,
  );
  return Math.max(0, ...columns) > WIDE ? 'fill' : 'default';
};

export interface Compiled {
  readonly card: Json;
  /** with an error among them the card is not whole and must not be sent */
  readonly problems: readonly Problem[];
  /** where in the author's file a path of the card comes from */
  readonly placeOf: (path: string) => Place | null;
  /** what its tables and charts show, by their elements */
  readonly shows: ReadonlyMap<Json, Shown>;
  /** its key figures by their names */
  readonly figures: ReadonlyMap<string, Value>;
}

/**
 * A card spec as Feishu's card JSON 2.0. Data lands as plain text unless its author asked for markdown, where it is
 * escaped. Images get their keys from `keyOf`, which may throw.
 */
export const compileCard = (spec: CardSpec, means: Means): Compiled => {
  const making = makingOf(means);
  const elements = elementsOf(spec.body, 'body.elements', making);
  const summary = spec.summary ?? spec.title;
  if (spec.title?.at != null) making.places.set('header', spec.title.at);
  if (summary?.at != null) making.places.set('config.summary', summary.at);
  const card: Json = {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: widthMode(elements),
      ...(summary === null ? {} : { summary: said(summary, making, 'line') }),
    },
    ...(spec.title === null ? {} : { header: header(spec, spec.title, making) }),
    body: { direction: 'vertical', elements },
  };
  return {
    card,
    problems: withoutRepeats(making.problems),
    placeOf: placeIn(making.places, spec.at),
    shows: making.shows,
    figures: making.figures,
  };
};

/** The place of the nearest thing round a path that has one. */
const placeIn =
  (places: ReadonlyMap<string, Place>, otherwise: Place | null) =>
  (path: string): Place | null => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.search(/(\.|\[)[^.[]*$/)))) {
      const place = places.get(at);
      if (place !== undefined) return place;
    }
    return otherwise;
  };

/** Title and summary are one template often: its problem is said once. */
const withoutRepeats = (problems: readonly Problem[]): readonly Problem[] => {
  const seen = new Set<string>();
  return problems.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message.en, at]);
    return seen.has(key) ? false : seen.add(key);
  });
};
