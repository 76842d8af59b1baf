import type { Words } from '../model/errors.ts';

export const documentWords = {
  'bad-document': (p: { value: string; kind: 'bitable' | 'sheet' }) => ({
    message: {
      zh: `${p.value} 不是${p.kind === 'bitable' ? '多维表格' : '电子表格'}的地址。`,
      en: `${p.value} is no address of a ${p.kind}.`,
    },
    hint:
      p.kind === 'bitable'
        ? {
            zh: '从浏览器地址栏复制:https://….feishu.cn/base/…?table=tbl… 或 https://….feishu.cn/wiki/…;也可以写 token。',
            en: "Copy it from the browser's address bar: https://….feishu.cn/base/…?table=tbl… or …/wiki/…; or write `token`.",
          }
        : {
            zh: '从浏览器地址栏复制:https://….feishu.cn/sheets/…?sheet=… 或 https://….feishu.cn/wiki/…;也可以写 token。',
            en: "Copy it from the browser's address bar: https://….feishu.cn/sheets/…?sheet=… or …/wiki/…; or write `token`.",
          },
  }),
  'one-document': () => ({
    message: { zh: 'url 和 token 要写一个,只写一个。', en: 'Write `url` or `token`, one of them.' },
  }),
  'view-ignored': () => ({
    message: {
      zh: '写了 filter、anyOf 或 sort,飞书就不理会视图。',
      en: 'With `filter`, `anyOf` or `sort`, Feishu ignores the view.',
    },
    hint: {
      zh: '去掉 view(地址里的 &view=… 也去掉),或去掉筛选和排序,在视图里设置。',
      en: 'Take the view out (also &view=… of the address), or filter and sort in the view itself.',
    },
  }),
  'one-filter': () => ({
    message: { zh: 'filter 和 anyOf 只能写一个。', en: 'Only one of `filter` and `anyOf` can stand there.' },
  }),
  'bad-operator': (p: { value: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `没有 ${p.value} 这种条件。`, en: `There is no condition ${p.value}.` },
    hint:
      p.suggestion === null
        ? { zh: `可用:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'bad-condition': (p: { field: string }) => ({
    message: {
      zh: `${p.field} 的条件要写一个值,或 { 条件: 值 }。`,
      en: `The condition on ${p.field} is a value, or { condition: value }.`,
    },
    hint: {
      zh: '例如 状态: 已付款,或 金额: { isGreater: 100 };isEmpty 写 { isEmpty: true }。',
      en: 'Such as state: paid, or amount: { isGreater: 100 }; isEmpty is { isEmpty: true }.',
    },
  }),
} satisfies Words;
