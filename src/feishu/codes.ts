import type { Fault } from '../model/outcome.ts';
import type { Text } from '../model/text.ts';

/**
 * What a refusal of Feishu means. `then`: retry (the same later), token (ask for a new token, once), reject (it would
 * be refused again). Sources: im-v1/message/create (send), api-call-guide (gateway codes), tenant_access_token_internal.
 */
export interface CodeRow {
  readonly then: 'retry' | 'token' | 'reject';
  /** whose fault a rejection is */
  readonly fault: Fault;
  /** what a retry waits for: the app's pace, the chat's, or only time */
  readonly pace?: 'app' | 'target';
  readonly words: Text;
  readonly hint: Text;
}

const row = (
  then: CodeRow['then'],
  fault: Fault,
  zh: string,
  en: string,
  hintZh: string,
  hintEn: string,
  pace?: 'app' | 'target',
): CodeRow => ({
  then,
  fault,
  words: { zh, en },
  hint: { zh: hintZh, en: hintEn },
  ...(pace === undefined ? {} : { pace }),
});

const badCredentials = row(
  'reject',
  'app',
  'App ID 或 App Secret 不对',
  'the App ID or App Secret is wrong',
  '在开发者后台「凭证与基础信息」核对,更新 .env。',
  'Compare with “Credentials & Basic Info” in the developer console and mend .env.',
);
const busy = row(
  'retry',
  'app',
  '飞书内部繁忙或出错',
  'Feishu is busy or had an internal error',
  '会自动重试,不用处理。',
  'It is tried again by itself.',
);
const token = row(
  'token',
  'app',
  'tenant_access_token 无效或过期',
  'the tenant_access_token is invalid or over',
  '会自动换一个再试一次;一直如此就核对应用凭证。',
  'A new one is asked for once; if it stays so, check the credentials.',
);
const scope = row(
  'reject',
  'app',
  '应用缺少这个接口的权限',
  'the app lacks a scope for this call',
  '在开发者后台开通权限,创建并发布新版本。',
  'Grant the scope in the developer console, then create and publish a new version.',
);
const unavailable = row(
  'reject',
  'app',
  '应用已停用或没有安装',
  'the app is disabled or not installed',
  '请企业管理员启用应用。',
  'Ask the administrator to enable the app.',
);
const noSuchPerson = row(
  'reject',
  'recipient',
  '没有这个人,或这个 id 不属于本应用',
  'there is no such person, or the id belongs to another app',
  'open_id 每个应用各不相同:用本应用查到的 open_id,或改用邮箱。',
  'An open_id is per app: use one that this app was given, or an e-mail address.',
);
const badCard = row(
  'reject',
  'message',
  '卡片内容不被接受',
  'the card was not accepted',
  '用 `larkcron check` 与 `preview --card` 找出是哪一处。',
  'Find the place with `larkcron check` and `preview --card`.',
);

const ROWS: Readonly<Record<number, CodeRow>> = {
  2200: busy,
  5000: busy,
  10101: busy,
  10500: busy,
  1663: busy,
  11232: row(
    'retry',
    'app',
    '飞书消息系统整体限流',
    "Feishu's message system is overloaded",
    '会自动重试;尽量避开整点和半点。',
    'It is tried again by itself; avoid whole and half hours.',
    'app',
  ),
  11233: row(
    'retry',
    'recipient',
    '这个群发得太快',
    'too fast for this group',
    '会自动放慢再试。',
    'It slows down and tries again.',
    'target',
  ),
  10003: badCredentials,
  10005: badCredentials,
  10012: badCredentials,
  10013: badCredentials,
  10014: badCredentials,
  10015: badCredentials,
  20002: badCredentials,
  99991543: badCredentials,
  230001: row(
    'reject',
    'message',
    '参数不对',
    'a parameter is wrong',
    '看飞书原话里 ext= 指出的那一项。',
    "See the field that Feishu's own words name after ext=.",
  ),
  230002: row(
    'reject',
    'recipient',
    '机器人不在这个群里',
    'the bot is not in this group',
    '在群设置里把机器人加进群。',
    "Add the bot to the group in the group's settings.",
  ),
  230006: row(
    'reject',
    'app',
    '应用没有启用机器人能力,或没有发布',
    'the app has no bot ability, or no published version',
    '在开发者后台添加「机器人」能力,创建并发布版本。',
    'Add the bot ability in the developer console, then create and publish a version.',
  ),
  230011: row('reject', 'message', '原消息已撤回', 'the message was recalled', '', ''),
  230013: row(
    'reject',
    'recipient',
    '这个人不在应用的可用范围内(或已离职)',
    'this person is outside the app’s availability (or has left)',
    '在开发者后台「可用范围」里加上这个人并发布;离职的人从 to 里去掉。',
    'Add the person to the availability of the app and publish; take people who left out of `to`.',
  ),
  230017: row(
    'reject',
    'message',
    '图片或文件不是本应用上传的',
    'the image or file was uploaded by another app',
    '用本应用重新上传。',
    'Upload it again with this app.',
  ),
  230018: row(
    'reject',
    'recipient',
    '群设置不允许机器人发言',
    'the group’s settings forbid the bot to speak',
    '请群主在群设置里允许发言。',
    'Ask the owner of the group to allow it.',
  ),
  230019: row('reject', 'recipient', '话题不存在', 'the topic does not exist', '', ''),
  230020: row(
    'retry',
    'recipient',
    '对这个人或群发得太快',
    'too fast for this person or group',
    '会自动放慢再试。',
    'It slows down and tries again.',
    'target',
  ),
  230022: row(
    'reject',
    'message',
    '含有敏感内容',
    'the content was found sensitive',
    '改写内容。',
    'Change the words.',
  ),
  230025: row(
    'reject',
    'message',
    '内容太长(卡片 30 KB,文字 150 KB)',
    'it is too long (card 30 KB, text 150 KB)',
    '减少表格行数或字数。',
    'Use fewer rows or words.',
  ),
  230027: row(
    'reject',
    'app',
    '没有权限给这个会话发消息',
    'there is no right to send into this chat',
    '检查应用的权限与外部群设置。',
    "Check the app's scopes and the settings for external groups.",
  ),
  230028: row(
    'reject',
    'message',
    '没有通过数据防泄漏审核',
    'it did not pass the data-loss check',
    '去掉手机号、邮箱等明文。',
    'Take plain phone numbers and e-mail addresses out.',
  ),
  230029: row(
    'reject',
    'recipient',
    '这个人已离职',
    'this person has left',
    '把这个人从 to 里去掉。',
    'Take the person out of `to`.',
  ),
  230034: row(
    'reject',
    'recipient',
    '收件人 id 不对,或 id 类型不符',
    'the recipient’s id is wrong or of another kind',
    '核对 to 里的 id。',
    'Check the id in `to`.',
  ),
  230035: row(
    'reject',
    'recipient',
    '没有发送权限(被禁言、被屏蔽或企业策略)',
    'no right to send (muted, blocked, or a policy)',
    '请对方或群主解除。',
    'Ask the person or the owner of the group to lift it.',
  ),
  230038: row(
    'reject',
    'recipient',
    '不能给外部企业的人单独发消息',
    'persons of another company cannot be written to',
    '改发到共同的群。',
    'Send to a group that both are in.',
  ),
  230049: row(
    'retry',
    'message',
    '同一条消息正在发送',
    'the same message is just being sent',
    '会自动再看一次。',
    'It looks again by itself.',
  ),
  230053: row(
    'reject',
    'recipient',
    '这个人停止接收机器人消息',
    'this person stopped the bot’s messages',
    '请本人在飞书里恢复接收。',
    'The person can allow them again in Feishu.',
  ),
  230054: row('reject', 'message', '这里不支持这种消息', 'this kind of message is not allowed here', '', ''),
  230055: row('reject', 'message', '文件类型与消息类型不符', 'the file’s type does not fit the message', '', ''),
  230075: row('reject', 'recipient', '不支持加密会话', 'encrypted chats are not supported', '', ''),
  230099: badCard,
  232009: row(
    'reject',
    'recipient',
    '群已解散',
    'the group was dissolved',
    '把这个群从 to 里去掉。',
    'Take the group out of `to`.',
  ),
  99991400: row(
    'retry',
    'app',
    '应用调用接口太快',
    'the app calls too fast',
    '会按飞书要求的时间等待后再试。',
    'It waits as long as Feishu asks and tries again.',
    'app',
  ),
  1000004: row(
    'retry',
    'app',
    '接口限流',
    'this call is limited',
    '会自动放慢再试。',
    'It slows down and tries again.',
    'app',
  ),
  1000005: row(
    'retry',
    'app',
    '应用限流',
    'the app is limited',
    '会自动放慢再试。',
    'It slows down and tries again.',
    'app',
  ),
  99991401: row(
    'reject',
    'app',
    '本机 IP 不在应用的白名单里',
    "this machine's IP is not on the app's allow-list",
    '在开发者后台「安全设置」里加上出口 IP。',
    'Add the IP in the security settings of the developer console.',
  ),
  99991403: row(
    'reject',
    'app',
    '企业本月接口调用额度已用完',
    'the tenant’s monthly quota of calls is used up',
    '升级版本或等下月 1 日。',
    'Upgrade the plan, or wait for the 1st of next month.',
  ),
  99991661: token,
  99991663: token,
  99991664: token,
  99991665: token,
  99991668: token,
  99991671: token,
  99991662: unavailable,
  99991673: unavailable,
  99991672: scope,
  99991676: scope,
  99991679: scope,
  99992351: noSuchPerson,
  99992352: noSuchPerson,
  99992353: noSuchPerson,
  99992360: noSuchPerson,
  99992361: noSuchPerson,
  99992363: noSuchPerson,
  99992364: noSuchPerson,
  99992381: noSuchPerson,
  99992402: row(
    'reject',
    'message',
    '请求字段没有通过校验',
    'a field of the request is not valid',
    '看飞书原话里指出的字段。',
    "See the field that Feishu's own words name.",
  ),
};

/** The table's row of a code; null for a code the table does not know. */
export const codeRow = (code: number): CodeRow | null => ROWS[code] ?? null;

export const knownCodes = (): readonly number[] => Object.keys(ROWS).map(Number);
