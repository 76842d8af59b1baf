import type { Cut } from '../../model/cut.ts';
import type { Words } from '../../model/errors.ts';
import type { Text } from '../../model/text.ts';

const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

const inFile = (file: string | null, all: Text): Text =>
  file === null ? { zh: '', en: '' } : { zh: `,${all.zh} ${file}`, en: `; ${all.en} ${file}` };

const ALL_ROWS: Text = { zh: '全部见附件', en: 'all of them are in' };

const DATA: Text = { zh: '数据见附件', en: 'the data are in' };

/** What stands on the card beside what was cut. */
export const cutNote = ({ what, shown, of, file, dataset }: Omit<Cut, 'part' | 'reason'>): Text => {
  const left = count(of - shown);
  const more = inFile(file, ALL_ROWS);
  switch (what) {
    case 'rows':
      return shown === 0
        ? {
            zh: `${dataset ?? ''} 的表格(${left} 行)放不下${more.zh}`,
            en: `The table of ${dataset ?? ''} (${left} rows) does not fit${more.en}`,
          }
        : { zh: `还有 ${left} 行${more.zh}`, en: `and ${left} more${more.en}` };
    case 'points':
      return {
        zh: `图表只画了前 ${count(shown)} 个数据点,还有 ${left} 个${more.zh}`,
        en: `The chart shows the first ${count(shown)} points, ${left} more are left out${more.en}`,
      };
    case 'characters':
      return { zh: `…(还有 ${left} 个字符)`, en: `… (${left} more characters)` };
    case 'blocks':
      return {
        zh: `还有 ${left} 块内容放不下${inFile(file, DATA).zh}`,
        en: `${left} more ${left === '1' ? 'block does' : 'blocks do'} not fit${inFile(file, DATA).en}`,
      };
  }
};

const WHY: Readonly<Record<Cut['reason'], Text>> = {
  size: { zh: '太大', en: 'the card would be too large' },
  elements: { zh: '的组件超过 200 个', en: 'there would be more than 200 elements' },
  tables: { zh: '的表格超过 5 个', en: 'there would be more than 5 tables' },
};

const THINGS: Readonly<Record<Cut['what'], Text>> = {
  rows: { zh: '行', en: 'rows' },
  points: { zh: '个数据点', en: 'points' },
  characters: { zh: '个字符', en: 'characters' },
  blocks: { zh: '块', en: 'blocks' },
};

/** A cut in one sentence, for who runs the job. */
export const cutWords = ({ what, dataset, shown, of, reason, file }: Omit<Cut, 'part'>): Text => {
  const named = dataset === null ? '' : ` ${dataset}`;
  return {
    zh: `卡片${(WHY[reason] ?? WHY.size).zh},已裁剪:${named === '' ? '' : `${named.trim()} `}只显示 ${count(shown)} / ${count(of)} ${(THINGS[what] ?? THINGS.rows).zh}${file === null ? '' : `,全部在附件 ${file}`}。`,
    en: `Cut, as ${(WHY[reason] ?? WHY.size).en}:${named} shows ${count(shown)} of ${count(of)} ${(THINGS[what] ?? THINGS.rows).en}${file === null ? '' : `, all are attached as ${file}`}.`,
  };
};

export const fitWords = {
  'card-cut': (p: Omit<Cut, 'part'>) => ({
    message: cutWords(p),
    hint: {
      zh: '少查几行几列,或拆成几个任务。',
      en: 'Have the query return fewer rows or columns, or make two jobs of it.',
    },
  }),
  'card-parts': (p: { parts: number }) => ({
    message: {
      zh: `一张卡片放不下,分成 ${p.parts} 张。`,
      en: `It does not fit one card and becomes ${p.parts} cards.`,
    },
  }),
} satisfies Words;
