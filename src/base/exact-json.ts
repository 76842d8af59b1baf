/** A number as it is written: what a double cannot hold becomes bigint, longer decimals stay text. */
const exact = (_key: string, value: unknown, context?: { source?: string }): unknown => {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined) return value;
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source);
  if (!Number.isFinite(value)) return source;
  return String(value) === source || (Number(source) === value && source.replace(/[^\d]/g, '').length <= 15)
    ? value
    : source;
};

/** JSON with numbers of any length, none of whose digits are lost. Throws SyntaxError. */
export const parseExactJson = (text: string): unknown =>
  JSON.parse(text, exact as (key: string, value: unknown) => unknown);
