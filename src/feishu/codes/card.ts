import { type CodeRow, type CodeTable, later, row, same } from './row.ts';

const template = row(
  'message',
  ['卡片模板不存在、没有发布或本应用不可用', 'the card template is missing, unpublished, or not for this app'],
  ['在卡片搭建工具里发布模板并授权给本应用。', 'Publish the template in the card builder and share it with this app.'],
);
const syntax = row(
  'message',
  ['卡片 JSON 里有不认识的内容', 'there is something in the card JSON that Feishu does not know'],
  ['用 `larkcron check --card` 找出是哪一处。', 'Find it with `larkcron check --card`.'],
);
const variable = row(
  'message',
  ['模板变量的类型或格式不对', 'a template variable has a wrong type or format'],
  ['在任务的 template.variables 里写明种类。', 'State its kind in template.variables.'],
);
const audio = row(
  'message',
  ['卡片里的音频不对', 'the audio in the card is wrong'],
  [
    '用本应用上传的 file_key,每段音频的 audio_id 不同,并关闭转发。',
    'Use a file_key of this app and an audio_id of its own for each, and forbid forwarding.',
  ],
);

/** Inner codes of 230099, `ErrCode: N` in its words (im-v1/message/create: card errors). */
export const CARD: CodeTable = {
  100290: row(
    'message',
    ['卡片里 @ 的人不对', 'a person mentioned in the card is wrong'],
    ['核对 at 或 people 里的 id。', 'Check the ids mentioned.'],
  ),
  11310: row(
    'message',
    [
      '卡片超出限制(200 个组件、5 个表格,或名称重复)',
      'the card is over a limit (200 elements, 5 tables, or a doubled name)',
    ],
    ['减少组件,或拆成几张。', 'Use fewer elements, or several cards.'],
  ),
  ...same([200380, 200381], template),
  200550: row(
    'message',
    ['图表的 spec 不对', 'the spec of a chart is wrong'],
    ['用 `larkcron check` 看图表规则。', 'See the rules for charts with `larkcron check`.'],
  ),
  200570: row(
    'message',
    ['卡片里的 image_key 不对', 'an image_key in the card is wrong'],
    ['用本应用重新上传图片。', 'Upload the image again with this app.'],
  ),
  200621: syntax,
  ...same([200732, 200737], variable),
  200861: row(
    'message',
    ['用了卡片 2.0 没有的组件(action、note)', 'it uses an element that card 2.0 has not (action, note)'],
    ['换成 button 与 note 块。', 'Use the blocks `button` and `note`.'],
  ),
  ...same(
    [200914, 200915],
    row(
      'message',
      ['表格的行与列对不上', 'the rows of a table do not fit its columns'],
      ['用 `larkcron check` 找出是哪一列。', 'Find the column with `larkcron check`.'],
    ),
  ),
  ...same([300220, 300230, 300240], audio),
};

/** 11310 says several things; its words tell which. */
export const of11310 = (words: string): CodeRow => {
  if (/card action is lock|cardid is invalid/i.test(words))
    return later(['卡片正被使用,稍后再试', 'the card is in use; later']);
  if (/template/i.test(words)) return template;
  return CARD[11310] as CodeRow;
};

/** CardKit entities and delayed updates (cardkit-v1; interactive-v1/card/update). */
export const CARDKIT: CodeTable = {
  200220: row('message', ['卡片生成失败', 'the card could not be made']),
  200740: row('message', ['没有这个卡片实体', 'there is no such card entity']),
  200750: row('message', ['卡片实体已过期', 'the card entity has expired']),
  200770: row('message', ['卡片的 uuid 冲突', 'the uuid of the card is taken']),
  200810: later(['卡片正在被操作', 'the card is being used']),
  200850: row('message', ['卡片流式更新超时', 'the streaming of the card took too long']),
  200860: row(
    'message',
    ['卡片超过 30 KB', 'the card has more than 30 KB'],
    ['减少表格行数或字数。', 'Use fewer rows or words.'],
  ),
  300122: row('message', ['卡片组件的参数不对', 'a parameter of a card element is wrong']),
  300301: row(
    'message',
    ['element_id 重复', 'an element_id is doubled'],
    ['给每个组件不同的 element_id。', 'Give each element an id of its own.'],
  ),
  300302: row(
    'message',
    ['卡片的 update_multi 是 false', 'update_multi of the card is false'],
    ['在卡片的 config 里写 update_multi: true。', 'Set update_multi to true in the config of the card.'],
  ),
  300303: row(
    'message',
    ['不是卡片 2.0', 'it is no card 2.0'],
    ['在卡片里写 schema: "2.0"。', 'Set schema to "2.0" in the card.'],
  ),
  300305: row(
    'message',
    ['卡片超过 200 个组件', 'the card has more than 200 elements'],
    ['减少组件,或拆成几张。', 'Use fewer elements, or several cards.'],
  ),
  300307: row('message', ['卡片内容是空的', 'the card is empty']),
  ...same([200310, 300311], row('message', ['这是别的应用的卡片', 'the card belongs to another app'])),
  300317: row('message', ['更新的序号没有递增', 'the sequence of updates does not rise']),
  11311: row('message', ['更新用的卡片不对', 'the card of the update is wrong']),
  100000: row('message', ['更新用的卡片超过 100 KB', 'the card of the update has more than 100 KB']),
  100030: row('message', ['更新用的卡片不是 JSON', 'the card of the update is no JSON']),
  200000: row('message', ['原消息已撤回', 'the message was recalled']),
  ...same(
    [200320, 300090],
    row('message', ['更新要指明 open_ids,或 open_ids 不对', 'the update needs other open_ids']),
  ),
  ...same(
    [300020, 300030, 300040],
    row('message', ['更新令牌格式不对、过期或用完', 'the token of the update is malformed, over or used up']),
  ),
};

/** Shown by the client to whoever clicks (feishu-cards/card-callback-communication). */
export const CLICKED: CodeTable = same(
  [200080, 200340, 200341, 200342, 200343, 200530, 200671, 200672, 200673, 200830, 300000],
  row(
    'setup',
    ['点击卡片后的回调没有成功', 'the callback after a click did not succeed'],
    ['检查应用的回调地址:3 秒内以 HTTP 200 回答。', 'Check the app’s callback: it must answer HTTP 200 within 3 s.'],
  ),
);
