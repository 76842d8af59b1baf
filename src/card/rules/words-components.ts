import type { Words } from '../../model/errors.ts';
import { didYouMean } from '../did-you-mean.ts';

/** What is said of components: their data, their places, what they do. */
export const componentWords = {
  'card-columns-many': (p: { count: number }) => ({
    message: {
      zh: `表格有 ${p.count} 列,飞书只显示 50 列。`,
      en: `The table has ${p.count} columns; Feishu shows 50.`,
    },
  }),
  'card-row-key': (p: { key: string; suggestion: string | null }) => ({
    message: { zh: `这一行的 ${p.key} 不在 columns 里。`, en: `${p.key} of this row is not among the columns.` },
    hint: didYouMean(p.suggestion, {
      zh: '加上这一列,或从行里删去它。',
      en: 'Add the column, or take it out of the rows.',
    }),
  }),
  'card-cell': (p: { column: string; type: string; needs: { zh: string; en: string } }) => ({
    message: {
      zh: `${p.column} 列是 ${p.type},单元格须是${p.needs.zh}。`,
      en: `Column ${p.column} is ${p.type}: its cells are ${p.needs.en}.`,
    },
  }),
  'card-button-idle': () => ({
    message: { zh: '这个按钮按了什么也不会发生。', en: 'Nothing happens when this button is pressed.' },
    hint: {
      zh: '加上 behaviors: [{ type: open_url, default_url: https://… }]。',
      en: 'Add behaviors: [{ type: open_url, default_url: https://… }].',
    },
  }),
  'card-buttons-many': (p: { count: number }) => ({
    message: {
      zh: `checker 旁边最多 3 个按钮,这里有 ${p.count} 个。`,
      en: `A checker has 3 buttons at most; there are ${p.count}.`,
    },
    hint: { zh: '留下最要紧的 3 个。', en: 'Keep the three that matter most.' },
  }),
  'card-images-many': (p: { mode: string; count: number; most: number }) => ({
    message: {
      zh: `${p.mode} 只显示前 ${p.most} 张图片,这里有 ${p.count} 张。`,
      en: `${p.mode} shows the first ${p.most} images; there are ${p.count}.`,
    },
    hint: { zh: '换一种 combination_mode,或少放几张。', en: 'Use another combination_mode, or fewer images.' },
  }),
  'card-person-id': (p: { id: string }) => ({
    message: { zh: `这不像用户的 id:${p.id}。`, en: `This looks like no id of a user: ${p.id}.` },
    hint: {
      zh: '用 open_id(ou_…)、union_id(on_…)或 user_id;id 不对时整张卡片会被拒绝(100290)。',
      en: 'Use an open_id (ou_…), union_id (on_…) or user_id; a wrong one fails the whole card (100290).',
    },
  }),
  'card-chart-type': (p: { type: string | null; suggestion: string | null }) => ({
    message:
      p.type === null
        ? { zh: 'chart_spec 缺少 type。', en: 'The chart_spec has no type.' }
        : { zh: `飞书文档里没有 ${p.type} 这种图表。`, en: `Feishu documents no chart of type ${p.type}.` },
    hint: didYouMean(p.suggestion, {
      zh: '例如 line、bar、pie、area、common。',
      en: 'For example line, bar, pie, area, common.',
    }),
  }),
  'card-chart-data': () => ({
    message: { zh: '图表没有数据:data.values 须是数组。', en: 'The chart has no data: data.values is a list.' },
    hint: {
      zh: '写成 "data": { "values": [{ "日期": "周一", "数量": 3 }] }。',
      en: 'Write "data": { "values": [{ "day": "Mon", "count": 3 }] }.',
    },
  }),
  'card-chart-field': (p: { key: string; name: string; known: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `${p.key} 是 ${p.name},数据里没有这个字段。`,
      en: `${p.key} is ${p.name}, a field that the data does not have.`,
    },
    hint: didYouMean(p.suggestion, {
      zh: `数据里有:${p.known.join('、')}。`,
      en: `The data has: ${p.known.join(', ')}.`,
    }),
  }),
  'card-chart-null': (p: { key: string }) => ({
    message: { zh: `chart_spec 的 ${p.key} 是 null。`, en: `${p.key} of the chart_spec is null.` },
    hint: { zh: '没有值就不要写这个键。', en: 'Leave a key out when it has no value.' },
  }),
  'card-chart-code': (p: { key: string }) => ({
    message: {
      zh: `${p.key} 里像是一段代码,飞书的图表不运行代码。`,
      en: `${p.key} looks like code; Feishu's charts run none.`,
    },
    hint: {
      zh: '先算好数据,或用 VChart 的静态配置。',
      en: 'Work the data out beforehand, or use what VChart takes as plain values.',
    },
  }),
  'card-chart-mobile': (p: { key: string }) => ({
    message: { zh: `手机上带 ${p.key} 的图表显示不出来。`, en: `Phones cannot show a chart with this ${p.key}.` },
    hint: { zh: '去掉这个配置。', en: 'Take it out.' },
  }),
  'card-chart-share': (p: { field: string; value: string }) => ({
    message: {
      zh: `进度图的 ${p.field} 是 0 到 1 的数,这里有 ${p.value}。`,
      en: `A progress chart's ${p.field} is a number from 0 to 1; here it is ${p.value}.`,
    },
    hint: { zh: '百分数先除以 100。', en: 'Divide percentages by 100.' },
  }),
  'card-charts-many': (p: { count: number }) => ({
    message: {
      zh: `卡片有 ${p.count} 个图表,飞书建议最多 5 个。`,
      en: `The card has ${p.count} charts; Feishu suggests 5 at most.`,
    },
    hint: { zh: '分成两张卡片。', en: 'Make it two cards.' },
  }),
  'card-place': (p: { tag: string; where: string }) => ({
    message: {
      zh: `${p.tag} 不该直接放在 ${p.where} 里。`,
      en: `${p.tag} does not belong in ${p.where}.`,
    },
    hint:
      p.tag === 'column' || p.where === 'column_set'
        ? {
            zh: 'column_set.columns 里只放 column,column 也只放在那里。',
            en: 'column_set.columns holds columns, and columns stand nowhere else.',
          }
        : {
            zh: '图表放在 body、column 或 collapsible_panel 里。',
            en: 'A chart stands in the body, a column or a collapsible_panel.',
          },
  }),
  'card-form-only': (p: { tag: string }) => ({
    message: {
      zh: `${p.tag} 的多选只能放在表单(form)里。`,
      en: `Choosing several with ${p.tag} works in a form only.`,
    },
    hint: { zh: '外面套一个 form,并放一个提交按钮。', en: 'Put it into a form with a button that submits.' },
  }),
  'card-option-unknown': (p: { value: string }) => ({
    message: { zh: `选项里没有 ${p.value}。`, en: `${p.value} is not among the options.` },
    hint: { zh: '写某个选项的 value。', en: "Give an option's value." },
  }),
  'card-submit-outside': () => ({
    message: { zh: '这个提交按钮不在表单(form)里。', en: 'This button submits, but stands in no form.' },
    hint: { zh: '把它放进 form,或改用 behaviors。', en: 'Put it into the form, or use behaviors.' },
  }),
  'card-form-submit': () => ({
    message: { zh: '表单里没有提交按钮。', en: 'The form has no submit button.' },
    hint: { zh: '给一个按钮加上 form_action_type: submit。', en: 'Give one button form_action_type: submit.' },
  }),
  'card-form-name': (p: { tag: string }) => ({
    message: { zh: `表单里的 ${p.tag} 须有 name。`, en: `${p.tag} in a form needs a name.` },
  }),
  'card-forward': () => ({
    message: { zh: '带音频的卡片须写 enable_forward: false。', en: 'A card with audio needs enable_forward: false.' },
  }),
} satisfies Words;
