import { isTimeValue } from './date.ts';
import { decimalOf, plain } from './decimal.ts';

const numberText = (value: number): string => {
  const exact = decimalOf(value);
  return exact === null ? '' : plain(exact);
};

// Node has it; TypeScript's library does not know it yet.
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object };

/** JSON with the digits of big integers whole. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? rawJSON(inner.toString()) : inner)) ??
  '';

/** How a value reads: NULL is nothing, numbers have all their digits and no exponent, lists are joined by commas. */
export const printed = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (isTimeValue(value)) return value.toString();
  if (Array.isArray(value)) return value.map(printed).join(', ');
  return typeof value === 'object' ? jsonText(value) : String(value);
};
