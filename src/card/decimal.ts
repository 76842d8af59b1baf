/** A decimal number without loss: `units` / 10^`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const SPELLING = /^\s*([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d{1,3}))?\s*$/i;
/** A text that is longer is no amount of anybody's, and would take seconds to read; nor is what no double could hold. */
const LONGEST = 400;
const MOST_ZEROS = 324;
const pow10 = (n: number): bigint => 10n ** BigInt(n);

const parse = (text: string): Decimal | null => {
  const match = text.length > LONGEST ? null : SPELLING.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', part = '', exponent = '0'] = match;
  if (whole + part === '' || Math.abs(Number(exponent)) > MOST_ZEROS) return null;
  const units = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
  const scale = part.length - Number(exponent);
  return scale < 0 ? { units: units * pow10(-scale), scale: 0 } : { units, scale };
};

/** Reads a number, a bigint or a text that spells one (databases hand decimals over as text); null for all else. */
export const decimalOf = (value: unknown): Decimal | null => {
  if (typeof value === 'bigint') return { units: value, scale: 0 };
  if (typeof value === 'number') return Number.isFinite(value) ? parse(String(value)) : null;
  return typeof value === 'string' ? parse(value) : null;
};

const aligned = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * pow10(scale - a.scale), b.units * pow10(scale - b.scale), scale];
};

export const add = (a: Decimal, b: Decimal): Decimal => {
  const [x, y, scale] = aligned(a, b);
  return { units: x + y, scale };
};

export const negate = (a: Decimal): Decimal => ({ units: -a.units, scale: a.scale });

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale });

/** Negative, zero or positive, like a sort's comparison. */
export const compare = (a: Decimal, b: Decimal): number => {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
};

/** Rounds half away from zero, as people do on paper; pads with zeros when `digits` asks for more than there are. */
export const round = (a: Decimal, digits: number): Decimal => {
  if (digits >= a.scale) return { units: a.units * pow10(digits - a.scale), scale: digits };
  const step = pow10(a.scale - digits);
  const half = a.units < 0n ? -step / 2n : step / 2n;
  return { units: (a.units + half) / step, scale: digits };
};

/** All digits, never an exponent: `-1234.50`. */
export const plain = ({ units, scale }: Decimal): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

/** The plainest value that holds it exactly: a number if a double can, a bigint if it is whole, else its text. */
export const simplest = (a: Decimal): number | bigint | string => {
  const text = plain(a);
  const short = a.scale === 0 ? text : text.replace(/\.?0+$/, '');
  const number = Number(short);
  const exact = decimalOf(number);
  if (exact !== null && compare(exact, a) === 0 && (a.scale > 0 || Number.isSafeInteger(number))) return number;
  return short.includes('.') ? short : BigInt(short);
};
