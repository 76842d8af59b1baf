import { type CodeTable, later, row, same } from './row.ts';

const badBatch = row(
  'message',
  ['批量消息的参数或内容不对', 'a parameter or the content of the batch is wrong'],
  ['看飞书原话里指出的那一项。', "See what Feishu's own words name."],
);

/** Batch sends (im-v1/batch_message); they come as HTTP 200. 10002 and 10003 mean parameters here. */
export const BATCH: CodeTable = {
  ...same(
    [10002, 10003, 11101, 11203, 11204, 11205, 11206, 11207, 11208, 11209, 11210, 11223, 11227, 11246, 11312, 230100],
    badBatch,
  ),
  11247: row(
    'quota',
    ['应用今天的批量消息额度(50 万条)已用完', 'the app’s daily quota of batch messages (500,000) is used up'],
    ['明天再发。', 'Send the rest tomorrow.'],
  ),
};

/** Custom bots of groups (custom bot guide); they come as HTTP 200. */
export const WEBHOOK: CodeTable = {
  9499: row(
    'message',
    ['请求格式不对或超过 20 KB', 'the request is malformed or has more than 20 KB'],
    ['缩小或检查消息。', 'Make the message smaller, or check it.'],
  ),
  19001: row(
    'recipient',
    ['webhook 地址不对或机器人已被移除', 'the webhook address is wrong, or the bot was removed'],
    ['在群里重新复制机器人的地址。', "Copy the bot's address again in its group."],
  ),
  19002: row(
    'message',
    ['缺少 msg_type', 'msg_type is missing'],
    ['检查 raw 消息的 msg_type。', 'Check msg_type of the raw message.'],
  ),
  19021: row(
    'recipient',
    [
      '签名不对,或本机时间差了一小时以上',
      'the signature is wrong, or this machine’s clock is off by more than an hour',
    ],
    ['核对 secret 和系统时间。', 'Check `secret` and the system time.'],
  ),
  19022: row(
    'recipient',
    ['本机 IP 不在机器人的白名单里', "this machine's IP is not on the bot's allow-list"],
    ['在机器人的安全设置里加上出口 IP。', "Add the address in the bot's security settings."],
  ),
  19024: row(
    'message',
    ['消息里没有机器人要求的关键词', 'the message lacks the keyword that the bot asks for'],
    ['在消息里写上关键词。', 'Have the keyword in the message.'],
  ),
};

/** Bitable and sheets (base-v1 records search; sheets-v2, v3). */
export const TABLES: CodeTable = {
  ...same(
    [1254290, 1254291, 1254607, 1255040, 90217, 90235],
    later(['多维表格或表格暂时忙', 'the base or sheet is busy for now']),
  ),
  ...same(
    [1254040, 91402],
    row(
      'setup',
      ['文档不存在', 'the document does not exist'],
      ['核对地址或 token;文档可能已删除。', 'Check the address or the token; the document may be deleted.'],
    ),
  ),
  1254041: row(
    'setup',
    ['数据表不存在', 'the table does not exist'],
    ['核对 table(地址里 ?table= 后面的 tbl…)。', 'Check `table` (tbl… after ?table= in the address).'],
  ),
  1254042: row(
    'setup',
    ['视图不存在', 'the view does not exist'],
    ['核对 view(地址里 &view= 后面的 vew…)。', 'Check `view` (vew… after &view= in the address).'],
  ),
  1254045: row(
    'setup',
    ['字段名不存在', 'there is no such field'],
    ['核对 fields、filter、sort 里的字段名。', 'Check the names of fields in `fields`, `filter` and `sort`.'],
  ),
  1254018: row(
    'setup',
    ['筛选条件不对', 'the filter is wrong'],
    [
      '看字段类型能用哪些条件:日期不能用 isNot、contains。',
      'See which conditions the type of the field takes: dates have no isNot and contains.',
    ],
  ),
  90202: row(
    'setup',
    ['表格的区域不对', 'the range of the sheet is wrong'],
    ['写成 A1:F100,并核对工作表。', 'Write it as A1:F100, and check the sheet.'],
  ),
  131005: row(
    'setup',
    ['知识库里没有这个节点', 'the wiki has no such node'],
    ['核对地址;节点可能已删除。', 'Check the address; the node may be deleted.'],
  ),
  131006: row(
    'setup',
    ['应用没有这个知识库节点的权限', 'the app has no access to this node of the wiki'],
    ['把应用加为知识库成员,或在文档里添加文档应用。', 'Make the app a member of the wiki, or add it to the document.'],
  ),
  1254302: row(
    'setup',
    ['应用没有这张多维表格的高级权限', 'the app lacks the advanced permission of this base'],
    ['在多维表格的高级权限里加上应用。', 'Add the app in the advanced permissions of the base.'],
  ),
  91403: row(
    'setup',
    ['应用没有这份文档的权限', 'the app has no access to the document'],
    ['在文档的「…」→「添加文档应用」里加上应用。', 'Add the app to the document under “…”, “Add app”.'],
  ),
};
