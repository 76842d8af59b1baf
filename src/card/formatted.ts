import type { ValueFormat } from '../model/card.ts';
import type { Value } from '../model/dataset.ts';
import { formatDate, isBareDay, timeOf } from './date.ts';
import { formatBytes, formatDelta, formatDuration, formatMoney, formatNumber, formatPercent } from './format.ts';
import { printed } from './print.ts';
import type { Scope } from './scope.ts';

const dateText = (value: Value, pattern: string | null, scope: Scope): string | null => {
  const ms = timeOf(value, scope.zone);
  return ms === null ? null : formatDate(ms, pattern ?? (isBareDay(value) ? '%Y-%m-%d' : '%Y-%m-%d %H:%M'), scope);
};

const textOf = (value: Value, format: ValueFormat, scope: Scope): string | null => {
  const { digits, currency, unit = null } = format;
  switch (format.as) {
    case 'number':
      return formatNumber(value, digits, unit);
    case 'money':
      return formatMoney(value, currency ?? 'CNY', digits, unit);
    case 'percent':
      return formatPercent(value, digits);
    case 'delta':
      return formatDelta(value, { change: format.change ?? 'percent', digits, currency, unit });
    case 'bytes':
      return formatBytes(value, digits);
    case 'duration':
      return formatDuration(value, format.counts ?? 's', scope.lang);
    case 'date':
      return dateText(value, format.pattern ?? null, scope);
    default:
      return null;
  }
};

/** How a value is written as text. What is no number or date stays as it is. */
export const formatted = (value: Value, format: ValueFormat, scope: Scope): string =>
  textOf(value, format, scope) ?? printed(value);
