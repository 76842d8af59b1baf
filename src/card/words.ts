import type { Explanation, Words } from '../model/errors.ts';

const near = (suggestion: string | null): Pick<Explanation, 'hint'> =>
  suggestion === null ? {} : { hint: { zh: `是不是想写 ${suggestion}?`, en: `Did you mean ${suggestion}?` } };

const OFF = {
  escaping: {
    zh: '数据由 larkcron 按它所在的位置转义,不需要也不能绕过;要写标记,就写在 {{ }} 外面。',
    en: 'larkcron escapes data by the place where it stands; that cannot be bypassed. Write markup outside {{ }}.',
  },
  files: {
    zh: '模板不能读取别的文件;请把内容直接写在这里。',
    en: 'A template cannot read other files; write the text here.',
  },
  code: { zh: '请改用 where、map、sort 等过滤器。', en: 'Use the filters where, map, sort and their like.' },
} as const;

export const cardWords = {
  'template-syntax': (p: { why: string; operator: { zh: string; en: string } | null }) => ({
    message: { zh: `模板(Liquid)语法有误:${p.why}。`, en: `This is not valid Liquid: ${p.why}.` },
    ...(p.operator === null ? {} : { hint: p.operator }),
  }),
  'template-error': (p: { why: string }) => ({
    message: { zh: `模板填不出来:${p.why}。`, en: `The template could not be filled in: ${p.why}.` },
  }),
  'template-limit': (p: { why: string }) => ({
    message: { zh: `模板太大或太慢:${p.why}。`, en: `The template is too large or too slow: ${p.why}.` },
    hint: { zh: '让查询少返回一些行,或改用 table。', en: 'Have the query return fewer rows, or use a table.' },
  }),
  'unknown-variable': (p: { name: string; suggestion: string | null }) => ({
    message: { zh: `模板里的 ${p.name} 不存在。`, en: `The template names ${p.name}, which does not exist.` },
    ...near(p.suggestion),
  }),
  'unknown-filter': (p: { name: string; suggestion: string | null }) => ({
    message: { zh: `没有 ${p.name} 这个过滤器。`, en: `There is no filter ${p.name}.` },
    ...near(p.suggestion),
  }),
  'unknown-tag': (p: { name: string; suggestion: string | null }) => ({
    message: { zh: `没有 {% ${p.name} %} 这个标签。`, en: `There is no tag {% ${p.name} %}.` },
    ...near(p.suggestion),
  }),
  'switched-off': (p: { name: string; why: keyof typeof OFF }) => ({
    message: { zh: `larkcron 里不能用 ${p.name}。`, en: `${p.name} is switched off in larkcron.` },
    hint: OFF[p.why],
  }),
  'date-pattern': (p: { pattern: string; letters: readonly string[] }) => ({
    message:
      p.letters.length === 0
        ? {
            zh: `日期格式 ${p.pattern} 里没有 % 项,会原样印出来。`,
            en: `The date pattern ${p.pattern} has no % in it and would be printed as it stands.`,
          }
        : {
            zh: `日期格式里的 %${p.letters.join('、%')} 没有意义。`,
            en: `%${p.letters.join(', %')} means nothing in a date pattern.`,
          },
    hint: { zh: "例如 '%Y-%m-%d %H:%M'。", en: "For example '%Y-%m-%d %H:%M'." },
  }),
  'long-number': (p: { number: string }) => ({
    message: {
      zh: `${p.number} 太长,Liquid 会丢掉后面的数字。`,
      en: `${p.number} is so long that Liquid would lose digits of it.`,
    },
    hint: {
      zh: `加引号:'${p.number}';比较仍按数值。`,
      en: `Put it in quotes: '${p.number}'; it still compares as a number.`,
    },
  }),
  'value-in-tag': () => ({
    message: {
      zh: '数据不能放进标签的尖括号里:那里没有办法转义。',
      en: 'A value cannot stand inside the angle brackets of a tag: nothing makes it harmless there.',
    },
    hint: {
      zh: "用条件选出固定的写法:{% if x > 0 %}<font color='red'>{% else %}<font color='green'>{% endif %};数据不能 @ 人。",
      en: "Choose among fixed tags: {% if x > 0 %}<font color='red'>{% else %}<font color='green'>{% endif %}. Data cannot mention anyone.",
    },
  }),
  'value-in-code': () => ({
    message: {
      zh: '数据不能放进代码(`…` 或 ```)里:那里转义符会原样显示。',
      en: 'A value cannot stand in code (`…` or ```): escapes would show there as they are.',
    },
    hint: { zh: '去掉反引号,或改用 text。', en: 'Take the backticks away, or use a text block.' },
  }),
  'bad-link': (p: { link: string }) => ({
    message: {
      zh: p.link === '' ? '链接是空的。' : `这不是能用的链接:${p.link}`,
      en: p.link === '' ? 'The link is empty.' : `This is no link that can be used: ${p.link}`,
    },
    hint: {
      zh: '链接须以 http:// 或 https:// 开头(或是 applink);来自数据的地址须整个是一个 {{ }}。',
      en: 'A link begins with http:// or https:// (or is an applink); an address from data has to be one whole {{ }}.',
    },
  }),
  'bad-image-key': (p: { key: string }) => ({
    message: { zh: `这不是飞书的图片 key:${p.key}`, en: `This is no image key of Feishu: ${p.key}` },
    hint: {
      zh: 'key 形如 img_v3_…,由上传图片得到。',
      en: 'A key looks like img_v3_… and comes from uploading an image.',
    },
  }),
  'unknown-dataset': (p: { name: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `data 里没有 ${p.name}。`, en: `There is no ${p.name} under data.` },
    ...(p.suggestion === null && p.known.length > 0
      ? { hint: { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` } }
      : near(p.suggestion)),
  }),
  'unknown-column': (p: { name: string; rows: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `${p.rows} 没有 ${p.name} 这一列。`, en: `${p.rows} has no column ${p.name}.` },
    ...(p.suggestion === null
      ? { hint: { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` } }
      : near(p.suggestion)),
  }),
  'title-missing': () => ({
    message: { zh: '有副标题或标签,却没有标题。', en: 'There is a subtitle or a tag, but no title.' },
    hint: { zh: '加上 title。', en: 'Add a title.' },
  }),
  'empty-card': () => ({
    message: { zh: '卡片的 body 是空的。', en: "The card's body is empty." },
    hint: { zh: '至少写一块,例如 markdown。', en: 'Write at least one block, such as markdown.' },
  }),
  'raw-no-element': () => ({
    message: { zh: 'raw 须是一个带 tag 的飞书组件。', en: 'raw takes one element of Feishu, an object with a tag.' },
    hint: { zh: '例如 raw: { tag: hr }。', en: 'For example raw: { tag: hr }.' },
  }),
  'table-inside': () => ({
    message: {
      zh: '表格不能放进分栏或折叠面板:飞书只让它放在卡片的最外层。',
      en: 'A table cannot stand in columns or in a panel: Feishu has it at the root of a card only.',
    },
    hint: {
      zh: '把 table 移到 body 的最外层,或在里面用 fields、markdown。',
      en: 'Move the table to the top of body, or use fields or markdown in there.',
    },
  }),
  'chart-not-number': (p: { column: string; rows: string; value: string }) => ({
    message: {
      zh: `${p.rows} 的 ${p.column} 列里有不是数字的值「${p.value}」,图表没有画它。`,
      en: `The column ${p.column} of ${p.rows} has “${p.value}”, which is no number; the chart leaves it out.`,
    },
    hint: {
      zh: '图表的 y 须是数字列,散点图的 x 也是。',
      en: 'A chart takes a column of numbers as y, a scatter chart as x too.',
    },
  }),
  'chart-one-y': (p: { type: string }) => ({
    message: { zh: `${p.type} 图只画一个 y。`, en: `A ${p.type} chart shows one y only.` },
    hint: { zh: '留下一列,或改用 bar、line。', en: 'Leave one column, or use bar or line.' },
  }),
  'chart-two-series': () => ({
    message: {
      zh: 'series 和多个 y 不能一起用:两者都说哪些值属于一条线。',
      en: 'series and several y do not go together: both say which values belong to one series.',
    },
    hint: { zh: '留下其中一个。', en: 'Leave one of the two.' },
  }),
  'person-column': (p: { column: string; value: string }) => ({
    message: {
      zh: `${p.column} 列里的「${p.value}」不是人员 id,这一列按文字显示。`,
      en: `“${p.value}” in the column ${p.column} is no id of a person; the column is shown as text.`,
    },
    hint: {
      zh: '人员列要 open_id、union_id 或 user_id。',
      en: 'A column of people has an open_id, union_id or user_id in each cell.',
    },
  }),
  'no-person': (p: { id: string; email: boolean }) => ({
    message: {
      zh: `「${p.id}」不是人员 id,飞书显示不了这个人。`,
      en: `“${p.id}” is no id of a person; Feishu cannot show them.`,
    },
    hint: p.email
      ? {
          zh: '人员列表要 open_id(ou_…);邮箱只能用在 mention: true 里。',
          en: 'A list of people takes an open_id (ou_…); an e-mail address works with mention: true only.',
        }
      : {
          zh: '写 open_id、union_id 或 user_id,例如 ou_…。',
          en: 'Write an open_id, union_id or user_id, such as ou_….',
        },
  }),
} satisfies Words;
