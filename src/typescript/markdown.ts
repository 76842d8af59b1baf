import type { Value } from '../model/dataset.ts';
import { MADE } from '../model/job-code.ts';

/** Text whose literal parts are markup and whose values are data. */
export interface Markdown {
  readonly [MADE]: { readonly literals: readonly string[]; readonly values: readonly Value[] };
}

/**
 * Markdown for a card made by a function: what stands outside `${}` is markup, what stands inside is data and can
 * neither mention, link nor break anything.
 *
 * @example markdown`**${store.name}** sold ${store.sales}`
 */
export const markdown = (literals: TemplateStringsArray, ...values: readonly Value[]): Markdown => ({
  [MADE]: { literals: [...literals], values },
});
