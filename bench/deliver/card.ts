/** What every contender sends: the same small card. */
export const CARD = {
  schema: '2.0',
  header: { title: { tag: 'plain_text', content: '门店销售数据看板已更新' }, template: 'blue' },
  body: { elements: [{ tag: 'markdown', content: '看板已更新,请点击查看。' }] },
};
