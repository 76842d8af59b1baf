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

const rounded = (amount: Decimal, digits: number | null): Decimal => (digits === null ? amount : round(amount, digits));

/** Thousands commas; `digits` after the point, or as many as the value has. What is no number comes back as null. */
export const formatNumber = (value: unknown, digits: number | null = null): string | null => {
  const amount = decimalOf(value);
  return amount === null ? null : grouped(plain(rounded(amount, digits)));
};

/** `¥1,234.50`; the minus stands before the sign. */
export const formatMoney = (value: unknown, currency = 'CNY', digits: number | null = null): string | null => {
  const amount = decimalOf(value);
  if (amount === null) return null;
  const cut = round(amount, digits ?? currencyDigits(currency));
  const minus = compare(cut, { units: 0n, scale: 0 }) < 0;
  const size = plain(minus ? { ...cut, units: -cut.units } : cut);
  return `${minus ? '-' : ''}${currencySymbol(currency)}${grouped(size)}`;
};

/** A share as per cent: 0.123 is `12.3%`. One digit after the point unless told otherwise. */
export const formatPercent = (value: unknown, digits: number | null = null): string | null => {
  const share = decimalOf(value);
  return share === null ? null : `${grouped(plain(round(multiply(share, HUNDRED), digits ?? 1)))}%`;
};
