import type { Text } from '../../../model/text.ts';

/** What a property may hold. Data only: `../shape.ts` reads it. */
export type Kind =
  | { readonly is: 'any' | 'text' | 'flag' | 'components' }
  /** `firm`: another value is a fault and not only a doubt */
  | { readonly is: 'number'; readonly min: number; readonly max: number; readonly firm: boolean }
  | { readonly is: 'one-of'; readonly of: readonly (string | number)[]; readonly firm: boolean }
  /** the tag of a text node: one of these here, and no tag that texts do not have */
  | { readonly is: 'text-tag'; readonly of: readonly string[] }
  | { readonly is: 'measure'; readonly fits: (value: string) => boolean; readonly allowed: Text }
  | { readonly is: 'size' }
  /** `rgba`: taken inline, unsure, or refused with 11310 (observed) */
  | { readonly is: 'color'; readonly rgba: 'yes' | 'unsure' | 'refused'; readonly also: readonly string[] }
  | { readonly is: 'object'; readonly shape: Shape }
  | { readonly is: 'list'; readonly of: Kind }
  /** one value a language: `{ zh_cn: …, en_us: … }` */
  | { readonly is: 'languages'; readonly of: Kind }
  /** names of the author's own: `{ cus-0: … }` */
  | { readonly is: 'named'; readonly of: Kind }
  /** taken still, but not to be written any more; in 2.0 only, where `from` is 2 */
  | { readonly is: 'old'; readonly of: Kind; readonly instead: string | null; readonly from: 1 | 2 }
  /** what 1.0 does not know */
  | { readonly is: 'new'; readonly of: Kind };

/** An object of the card and all it may have. Without the key in `needs` it is no such object. */
export interface Shape {
  readonly name: string;
  readonly has: Readonly<Record<string, Kind>>;
  readonly needs: Readonly<Record<string, Need>>;
  /** its page was not read: what we do not know may be right */
  readonly open: boolean;
}

/** How sure it is that Feishu does without: `doubt` is a warning. */
export type Need = { readonly doubt: true } | { readonly doubt: false; readonly feishu: number | null };

export const DOUBT: Need = { doubt: true };
export const fault = (feishu: number | null = null): Need => ({ doubt: false, feishu });

export const shape = (
  name: string,
  has: Shape['has'],
  { needs = {}, open = false }: { needs?: Shape['needs']; open?: boolean } = {},
): Shape => ({ name, has, needs, open });

export const any: Kind = { is: 'any' };
export const text: Kind = { is: 'text' };
export const flag: Kind = { is: 'flag' };
export const components: Kind = { is: 'components' };
export const size: Kind = { is: 'size' };
export const number = (min: number, max = Number.POSITIVE_INFINITY): Kind => ({ is: 'number', min, max, firm: false });
export const oneOf = (...of: readonly (string | number)[]): Kind => ({ is: 'one-of', of, firm: false });
export const firmly = (...of: readonly (string | number)[]): Kind => ({ is: 'one-of', of, firm: true });
export const color = (rgba: 'yes' | 'unsure' | 'refused', ...also: readonly string[]): Kind => ({
  is: 'color',
  rgba,
  also,
});
export const object = (of: Shape): Kind => ({ is: 'object', shape: of });
export const list = (of: Kind): Kind => ({ is: 'list', of });
export const languages = (of: Kind): Kind => ({ is: 'languages', of });
export const named = (of: Kind): Kind => ({ is: 'named', of });
export const old = (of: Kind, instead: string | null, from: 1 | 2 = 2): Kind => ({ is: 'old', of, instead, from });
export const fresh = (of: Kind): Kind => ({ is: 'new', of });

/** Made when a card has such a component: a push needs few of the shapes, and starts the sooner. */
export const once = (make: () => Shape): (() => Shape) => {
  let made: Shape | null = null;
  return () => {
    made ??= make();
    return made;
  };
};
