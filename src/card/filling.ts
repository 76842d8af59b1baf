import type { Template } from '../model/card.ts';
import type { Json, Value } from '../model/dataset.ts';
import { LarkcronError, type Problem } from '../model/errors.ts';
import type { Shown } from './fit/pieces.ts';
import type { Scope } from './scope.ts';
import { fill, type Landing } from './template.ts';

/** A card being filled in: what a template cannot give is a problem in the list, and something harmless meanwhile. */
export interface Filling {
  readonly scope: Scope;
  readonly problems: Problem[];
  /** what each table and chart of the card shows */
  readonly shows: Map<Json, Shown>;
  /** its key figures by their names */
  readonly figures: Map<string, Value>;
  readonly text: (template: Template, landing: Landing) => string;
  /** plain text for places that have one line: newlines in it become spaces */
  readonly line: (template: Template) => string;
}

export const fillingOf = (scope: Scope): Filling => {
  const problems: Problem[] = [];
  const text = (template: Template, landing: Landing): string => {
    try {
      return fill(template, landing, scope);
    } catch (error) {
      if (!(error instanceof LarkcronError)) throw error;
      problems.push(...error.problems);
      // an address, so that the lack of one is not found a second time
      return landing === 'link' ? 'https://example.com/' : '';
    }
  };
  return {
    scope,
    problems,
    shows: new Map(),
    figures: new Map(),
    text,
    line: (template) =>
      text(template, 'plain')
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
  };
};
