import type { Lang } from '../model/text.ts';

const two = (n: number): string => String(Math.abs(n)).padStart(2, '0');

/** Feishu shows moments on the reader's own clock: here that of the machine that draws. */
const momentOf = (ms: number): Date | null => (Math.abs(ms) < 8.64e15 ? new Date(ms) : null);

const offset = (at: Date): string => {
  const minutes = -at.getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
};

/** A table's date cell: by its date_format, else as RFC 3339 (cards: C-table). Null for what is no moment. */
export const dateText = (ms: number, format: string): string | null => {
  const at = momentOf(ms);
  if (at === null) return null;
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(at.getFullYear()),
    MM: two(at.getMonth() + 1),
    DD: two(at.getDate()),
    HH: two(at.getHours()),
    mm: two(at.getMinutes()),
    ss: two(at.getSeconds()),
  };
  const pattern = format === '' ? 'YYYY-MM-DDTHH:mm:ss' : format;
  const written = pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (part) => parts[part] as string);
  return format === '' ? written + offset(at) : written;
};

const DAYS = ['日', '一', '二', '三', '四', '五', '六'];
const ENGLISH_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `<local_datetime>` by its format_type (cards: C-rich-text); null for what is no moment. */
export const localTime = (ms: number, type: string, lang: Lang): string | null => {
  const at = momentOf(ms);
  if (at === null) return null;
  const [month, day] = [at.getMonth() + 1, at.getDate()];
  const chinese = lang === 'zh';
  switch (type) {
    case 'date_short':
      return chinese ? `${month}月${day}日` : `${MONTHS[month - 1]} ${day}`;
    case 'date':
      return chinese ? `${at.getFullYear()}年${month}月${day}日` : `${MONTHS[month - 1]} ${day}, ${at.getFullYear()}`;
    case 'week':
      return chinese ? `星期${DAYS[at.getDay()]}` : (ENGLISH_DAYS[at.getDay()] as string);
    case 'week_short':
      return chinese ? `周${DAYS[at.getDay()]}` : (ENGLISH_DAYS[at.getDay()] as string).slice(0, 3);
    case 'time':
      return dateText(ms, 'HH:mm');
    case 'time_sec':
      return dateText(ms, 'HH:mm:ss');
    case 'timezone':
      return `GMT${offset(at).replace(/^([+-])0/, '$1')}`;
    default:
      return dateText(ms, 'YYYY-MM-DD');
  }
};
