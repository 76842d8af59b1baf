import type { Unit } from '../model/card.ts';
import type { Lang } from '../model/text.ts';
import { compare, type Decimal, decimalOf, multiply, plain, round } from './decimal.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: 'JP¥',
  KRW: '₩',
  INR: '₹',
  THB: '฿',
  VND: '₫',
  PHP: '₱',
  HKD: 'HK$',
  TWD: 'NT$',
  SGD: 'S$',
  AUD: 'A$',
  CAD: 'C$',
};
const WHOLE_CURRENCIES = new Set(['JPY', 'KRW', 'VND']);
const HUNDRED: Decimal = { units: 100n, scale: 0 };

/** What stands before an amount: a sign if there is a well-known one, else the code and a space. */
export const currencySymbol = (currency: string): string => SYMBOLS[currency] ?? `${currency} `;

/** Digits an amount has after the point unless told otherwise: two, none for the yen and its like. */
export const currencyDigits = (currency: string): number => (WHOLE_CURRENCIES.has(currency) ? 0 : 2);

const grouped = (text: string): string => {
  const [whole = '', part] = text.split('.');
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? commas : `${commas}.${part}`;
};

const TENS = { 万: 4, 亿: 8 } as const;
/** Digits after the point of an amount in 万 or 亿, unless told otherwise. */
const UNIT_DIGITS = 2;

export const isNegative = (amount: Decimal): boolean => amount.units < 0n;
export const sizeOf = (amount: Decimal): Decimal => (isNegative(amount) ? { ...amount, units: -amount.units } : amount);

/** The unit an amount is written in: `auto` takes 亿 from a hundred million, 万 from ten thousand, else none. */
export const unitFor = (amount: Decimal, unit: Unit | null): keyof typeof TENS | null => {
  if (unit !== 'auto') return unit;
  const over = (tens: number): boolean => compare(sizeOf(amount), { units: 10n ** BigInt(tens), scale: 0 }) >= 0;
  return over(TENS.亿) ? '亿' : over(TENS.万) ? '万' : null;
};

/** The amount counted in a unit, exactly. */
export const inUnit = (amount: Decimal, unit: keyof typeof TENS | null): Decimal =>
  unit === null ? amount : { units: amount.units, scale: amount.scale + TENS[unit] };

/** Without the noughts that a division by ten thousand leaves behind. */
const written = (amount: Decimal, digits: number | null, unit: keyof typeof TENS | null): Decimal =>
  digits === null && unit === null ? amount : round(amount, digits ?? UNIT_DIGITS);

/** Thousands commas; `digits` after the point, or as many as the value has. What is no number comes back as null. */
export const formatNumber = (value: unknown, digits: number | null = null, unit: Unit | null = null): string | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  const counted = unitFor(amount, unit);
  return `${grouped(plain(written(inUnit(amount, counted), digits, counted)))}${counted ?? ''}`;
};

/** `¥1,234.50`, `¥12.35万`; the minus stands before the sign. */
export const formatMoney = (
  value: unknown,
  currency = 'CNY',
  digits: number | null = null,
  unit: Unit | null = null,
): string | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  const counted = unitFor(amount, unit);
  const cut = round(inUnit(amount, counted), digits ?? (counted === null ? currencyDigits(currency) : UNIT_DIGITS));
  return `${isNegative(cut) ? '-' : ''}${currencySymbol(currency)}${grouped(plain(sizeOf(cut)))}${counted ?? ''}`;
};

/** A share as per cent: 0.123 is `12.3%`. One digit after the point unless told otherwise. */
export const formatPercent = (value: unknown, digits: number | null = null): string | null => {
  const share = decimalOf(value);
  return share === null ? null : `${grouped(plain(round(multiply(share, HUNDRED), digits ?? 1)))}%`;
};

/** How a change is written. */
export interface ChangeFormat {
  readonly change: 'number' | 'money' | 'percent';
  readonly digits: number | null;
  readonly currency?: string | null;
  readonly unit?: Unit | null;
}

/** `▲ 12.3%`, `▼ ¥5.00`, `0.0%`: the arrow is the sign. A change is a share unless told otherwise. */
export const formatDelta = (value: unknown, { change, digits, currency, unit }: ChangeFormat): string | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  const size = plain(sizeOf(amount));
  const words =
    change === 'percent'
      ? formatPercent(size, digits)
      : change === 'money'
        ? formatMoney(size, currency ?? 'CNY', digits, unit ?? null)
        : formatNumber(size, digits, unit ?? null);
  const nothing = words === null || !/[1-9]/.test(words);
  return nothing ? words : `${isNegative(amount) ? '▼' : '▲'} ${words}`;
};

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.5 MB`: by 1,024, one digit after the point unless told otherwise. */
export const formatBytes = (value: unknown, digits: number | null = null): string | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  let [number, step] = [Number(plain(sizeOf(amount))), 0];
  while (number >= 1024 && step < BYTES.length - 1) [number, step] = [number / 1024, step + 1];
  const text = step === 0 ? plain(sizeOf(amount)) : number.toFixed(Math.min(10, digits ?? 1));
  return `${isNegative(amount) ? '-' : ''}${grouped(text)} ${BYTES[step]}`;
};

const SPANS = {
  zh: { d: ' 天', h: ' 小时', m: ' 分', s: ' 秒', ms: ' 毫秒' },
  en: { d: ' d', h: ' h', m: ' min', s: ' s', ms: ' ms' },
} as const;

/** `1 小时 5 分`, `2 d 3 h`, `830 ms`: the two largest parts. */
export const formatDuration = (value: unknown, counts: 's' | 'ms', lang: Lang): string | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  const ms = Math.round(Number(plain(sizeOf(amount))) * (counts === 's' ? 1000 : 1));
  if (!Number.isFinite(ms)) return null;
  const minus = isNegative(amount) && ms > 0 ? '-' : '';
  const span = SPANS[lang];
  if (ms < 1000) return `${minus}${ms}${ms === 0 ? span.s : span.ms}`;
  if (ms < 59_500) return `${minus}${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))}${span.s}`;
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), span.d],
    [Math.floor(seconds / 3_600) % 24, span.h],
    [Math.floor(seconds / 60) % 60, span.m],
    [seconds % 60, span.s],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count], i) => i === 0 || count > 0);
  return minus + shown.map(([count, unit]) => `${count}${unit}`).join(' ');
};
