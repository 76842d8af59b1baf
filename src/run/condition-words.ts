import type { Words } from '../model/errors.ts';

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

/** Why a run did not send, and what of `changed`, `to: { from }` and the like cannot be worked out. */
export const conditionWords = {
  unchanged: (p: { of: string }) => ({
    message: {
      zh: `${p.of} 和上次送达时相比没有变化。`,
      en: `${p.of} has not changed since a message last arrived.`,
    },
    hint: { zh: '要照样发送就加 --force。', en: 'Use --force to send in spite of it.' },
  }),
  remembered: (p: { of: string; rows: number }) => ({
    message: {
      zh: `第一次运行只记下 ${p.of} 的 ${p.rows} 行(first: remember),以后有变化才发送。`,
      en: `The first run only remembers ${p.of} (${p.rows} rows, first: remember); changes are sent from now on.`,
    },
    hint: { zh: '现在就要发送就加 --force。', en: 'Use --force to send it now.' },
  }),
  empty: (p: { datasets: string }) => ({
    message: {
      zh: `没有数据:${p.datasets} 一行也没有。`,
      en: `There is no data: no rows in ${p.datasets}.`,
    },
    hint: {
      zh: '要照样发送就加 --force,或写 empty: send。',
      en: 'Use --force to send in spite of it, or set empty: send.',
    },
  }),
  'when-runs': (p: { streak: number; whenRuns: string }) => ({
    message: {
      zh: `条件连续第 ${p.streak} 次成立;只在第 ${p.whenRuns} 次发送。`,
      en: `The condition has held for ${p.streak} ${p.streak === 1 ? 'run' : 'runs'} in a row; it sends on ${p.whenRuns} only.`,
    },
    hint: { zh: '要照样发送就加 --force。', en: 'Use --force to send in spite of it.' },
  }),
  'held-back': (p: { heldBack: number; after: string }) => ({
    message: {
      zh: `和上次送达的是同一件事,${p.after} 内不重复;已压下 ${p.heldBack} 次。`,
      en: `It is what the last message said already, and is not repeated within ${p.after}; held back ${p.heldBack} ${p.heldBack === 1 ? 'time' : 'times'}.`,
    },
    hint: { zh: '要照样发送就加 --force。', en: 'Use --force to send in spite of it.' },
  }),
  'changed-column': (p: { column: string; of: string; known: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `${p.of} 没有 ${p.column} 这一列,看不出它变没变。`,
      en: `${p.of} has no column ${p.column}, so nobody can tell whether it changed.`,
    },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'key-missing': (p: { of: string; row: number; column: string }) => ({
    message: {
      zh: `${p.of} 第 ${p.row} 行的 ${p.column} 是空的,而它是 changed 的 key:认不出是哪一行。`,
      en: `Row ${p.row} of ${p.of} has no ${p.column}, which is a key of \`changed\`: it cannot be told which row it is.`,
    },
    hint: {
      zh: '在查询里去掉这样的行,或换一个每行都有的 key。',
      en: 'Leave such rows out of the query, or take a key that every row has.',
    },
  }),
  'key-twice': (p: { of: string; row: number; first: number; key: string; columns: readonly string[] }) => ({
    message: {
      zh: `${p.of} 第 ${p.first} 行和第 ${p.row} 行的 ${p.columns.join('、')} 都是「${p.key.slice(0, 80)}」:changed 的 key 要让每一行都不同。`,
      en: `Rows ${p.first} and ${p.row} of ${p.of} have the same ${p.columns.join(', ')}, "${p.key.slice(0, 80)}"; the key of \`changed\` has to tell rows apart.`,
    },
    hint: {
      zh: 'key 可以写好几列,例如 key: [sku, region];查询里的连接是不是多出了行?',
      en: 'A key may be several columns, such as key: [sku, region]; or does a join of the query double rows?',
    },
  }),
  'memory-size': (p: { rows: number; bytes: number; most: number }) => ({
    message: {
      zh: `要记住的数据有 ${p.rows} 行、${megabytes(p.bytes)} MB,上限是 ${megabytes(p.most)} MB。`,
      en: `The data to be remembered has ${p.rows} rows and ${megabytes(p.bytes)} MB; the limit is ${megabytes(p.most)} MB.`,
    },
    hint: {
      zh: '查询里只取要看的列和行,或用 shape: [{ pick: […] }] 去掉用不到的列。',
      en: 'Ask for fewer columns and rows in the query, or drop columns with shape: [{ pick: […] }].',
    },
  }),
  'no-address': (p: { from: string; column: string; rows: string }) => ({
    message: {
      zh: `${p.from} 的 ${p.column} 是空的(第 ${p.rows} 行),这些行没有人收到。`,
      en: `${p.column} of ${p.from} is empty (row ${p.rows}): nobody was sent these rows.`,
    },
    hint: { zh: '在数据里补上收件人。', en: 'Fill in the recipients where the data come from.' },
  }),
  'bad-address': (p: { from: string; column: string; rows: string; value: string }) => ({
    message: {
      zh: `${p.from} 的 ${p.column} 里「${p.value}」不是收件人(第 ${p.rows} 行),这些行没有人收到。`,
      en: `"${p.value}" in ${p.column} of ${p.from} is no recipient (row ${p.rows}): nobody was sent these rows.`,
    },
    hint: {
      zh: '应当是 ou_…、on_…、oc_… 或邮箱;是手机号或 user_id 就在 to 里写明 type。',
      en: 'It should be ou_…, on_…, oc_… or an e-mail address; for mobile numbers and user_ids write `type` into `to`.',
    },
  }),
  'to-column': (p: { column: string; from: string; known: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `to 要按 ${p.from} 的 ${p.column} 列发,却没有这一列。`,
      en: `\`to\` takes its recipients from the column ${p.column} of ${p.from}, which is not there.`,
    },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
} satisfies Words;
