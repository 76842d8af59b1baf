import { type CodeTable, later, row, same } from './row.ts';

const credentials = row(
  'setup',
  ['App ID 或 App Secret 不对', 'the App ID or App Secret is wrong'],
  [
    '在开发者后台「凭证与基础信息」核对,更新 .env。',
    'Compare with “Credentials & Basic Info” in the developer console and mend .env.',
  ],
  { page: 'credentials' },
);
const token = row(
  'token',
  ['访问令牌无效或过期', 'the access token is invalid or over'],
  [
    '会自动换一个再试一次;一直如此就核对应用凭证。',
    'A new one is asked for once; if it stays so, check the credentials.',
  ],
);
const scope = row(
  'setup',
  ['应用缺少这个接口的权限', 'the app lacks a scope for this call'],
  ['在开发者后台开通权限,创建并发布新版本。', 'Grant the scope in the developer console, then publish a new version.'],
  { page: 'scopes' },
);
const unavailable = row(
  'setup',
  ['应用已停用或没有安装', 'the app is disabled or not installed'],
  ['请企业管理员启用应用。', 'Ask the administrator to enable the app.'],
  { page: 'version' },
);
const busy = later(['飞书内部繁忙或出错', 'Feishu is busy or had an internal error'], { internal: true });
const noSuchPerson = row(
  'recipient',
  ['没有这个人,或这个 id 不属于本应用', 'there is no such person, or the id belongs to another app'],
  [
    'open_id 每个应用各不相同:用本应用查到的 open_id,或改用邮箱。',
    'An open_id is per app: use one that this app was given, or an e-mail address.',
  ],
);
const wrongCall = row(
  'setup',
  ['接口地址或方法不对', 'the address or method of the call is wrong'],
  ['检查 endpoint 是不是飞书的地址。', 'Check that `endpoint` is an address of Feishu’s.'],
);

/** Credentials, tokens, scopes and limits of every call (api-call-guide: generic error codes; rate limits). */
export const GATEWAY: CodeTable = {
  ...same([10003, 10005, 10012, 10013, 10014, 10015, 20002, 20048, 99991543], credentials),
  ...same([4001, 20005, 20013, 99991661, 99991663, 99991664, 99991665, 99991668, 99991669, 99991671, 99991677], token),
  ...same([99991672, 99991676, 99991679], scope),
  ...same([99991662, 99991673, 212100], unavailable),
  ...same([1663, 2200, 5000, 10101, 10500], busy),
  ...same([99992351, 99992352, 99992353, 99992360, 99992361, 99992363, 99992364, 99992381], noSuchPerson),
  ...same([99991201, 99991301], wrongCall),
  1000004: later(['接口限流', 'this call is limited'], { pace: 'app' }),
  1000005: later(['应用限流', 'the app is limited'], { pace: 'app' }),
  99991400: later(['应用调用接口太快', 'the app calls too fast'], { pace: 'app' }),
  99991401: row(
    'setup',
    ['本机 IP 不在应用的白名单里', "this machine's IP is not on the app's allow-list"],
    [
      '在开发者后台「安全设置」里加上出口 IP。',
      'Add the address that this machine goes out by in the security settings.',
    ],
    { page: 'security' },
  ),
  99991403: row(
    'quota',
    ['企业本月接口调用额度已用完', 'the tenant’s monthly quota of calls is used up'],
    ['升级版本或等下月 1 日。', 'Upgrade the plan, or wait for the 1st of next month.'],
  ),
  99992402: row(
    'message',
    ['请求字段没有通过校验', 'a field of the request is not valid'],
    ['看飞书原话里指出的字段。', "See the field that Feishu's own words name."],
  ),
};
