/** How Feishu says no: the HTTP status and the words that go with a code. */
export interface Refusal {
  readonly http: number;
  readonly msg: string;
}

const row = (http: number, msg: string): Refusal => ({ http, msg });

/**
 * Feishu's refusals. Sources: tenant_access_token_internal (credentials come with HTTP 200), the generic error table
 * (gateway), im-v1/message/create · reply · patch · delete, im-v1/image/create, im-v1/file/create, chat-member.
 * The wording follows the public documentation; clients should go by the code.
 */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  1663: row(500, 'internal error'),
  2200: row(500, 'internal error'),
  5000: row(500, 'internal error'),
  10003: row(200, 'invalid param'),
  10005: row(200, 'app id unauthorized'),
  10012: row(200, 'get app access token fail'),
  10013: row(200, 'get tenant access token fail'),
  10014: row(200, 'app secret invalid'),
  10015: row(200, 'app secret is wrong'),
  10101: row(500, 'internal error'),
  10500: row(500, 'internal error'),
  11232: row(400, 'create message trigger system frequency limit'),
  11233: row(400, 'create message trigger chat frequency limit'),
  20002: row(200, 'the app_id or app_secret does not match'),
  230001: row(400, 'Your request contains an invalid request parameter'),
  230002: row(400, 'The bot can not be outside the group'),
  230006: row(400, 'Bot ability is not activated'),
  230011: row(400, 'The message was recalled'),
  230012: row(400, 'Bot is NOT the sender of the message'),
  230013: row(400, 'Bot has NO availability to this user'),
  230017: row(400, 'Bot is NOT the owner of the resource'),
  230018: row(400, 'These operations are NOT allowed at current group settings'),
  230019: row(400, 'The topic does NOT exist'),
  230020: row(400, 'This operation triggers the frequency limit'),
  230022: row(400, 'The content of the message contains sensitive information'),
  230025: row(400, 'The length of the message content reaches its limit'),
  230026: row(400, 'No permission to recall this message'),
  230027: row(400, 'Lack of necessary permissions'),
  230028: row(400, 'The messages do NOT pass the audit'),
  230029: row(400, 'User has resigned'),
  230031: row(400, 'The message has exceeded the time allowed for updates'),
  230034: row(400, 'The receive_id is invalid'),
  230035: row(400, 'Send Message Permission deny'),
  230036: row(400, 'Tenant crypt key has been deleted'),
  230038: row(400, 'Cross tenant p2p chat operate forbid'),
  230049: row(400, 'The message is being sent'),
  230053: row(400, 'The user has stopped the bot from sending messages'),
  230054: row(400, 'This message type is not supported here'),
  230055: row(400, 'The type of file upload does not match the type of message being sent'),
  230071: row(400, 'This group type does not support reply_in_thread'),
  230075: row(400, 'Encrypted chats are not supported'),
  230099: row(400, 'Failed to create card content'),
  230110: row(400, 'The message has been deleted'),
  232006: row(400, 'Your request specifies a chat_id which is invalid'),
  232009: row(400, 'Your request specifies a chat which has already been dissolved'),
  232096: row(400, 'Meta writing has stopped, please try again later'),
  234001: row(400, 'Invalid request param'),
  234006: row(400, 'The file size exceed the max value'),
  234007: row(400, 'App does not enable bot feature'),
  234010: row(400, "File's size can't be 0"),
  234011: row(400, "Can't regonize the image format"),
  1000004: row(429, 'method rate limited'),
  1000005: row(429, 'app rate limited'),
  99991201: row(404, 'Not found: the path does not exist'),
  99991301: row(405, 'The HTTP method does not match this path'),
  99991400: row(429, 'request trigger frequency limit'),
  99991401: row(400, 'ip is denied by app setting'),
  99991403: row(400, "this month's api call quota has been exceeded"),
  99991543: row(400, 'app_id or app_secret is invalid'),
  99991661: row(400, 'Missing access token for authorization. Please make a request with token attached'),
  99991662: row(400, 'the app is not in use'),
  99991663: row(400, 'Invalid access token for authorization. Please make a request with a valid token'),
  99991664: row(400, 'invalid app_access_token'),
  99991665: row(400, 'invalid tenant code'),
  99991668: row(400, 'Invalid access token for authorization: user access token not supported'),
  99991671: row(400, "The format of the token is wrong: it must start with 't-' or 'u-'"),
  99991672: row(400, 'Access denied. One of the following scopes is required'),
  99991673: row(400, 'the app is not installed in this tenant'),
  99991676: row(400, 'the token has no permission'),
  99991679: row(400, 'Unauthorized. The user has not granted these scopes'),
  99992351: row(400, 'The request you send is not a valid {open_id} or not exists'),
  99992352: row(400, 'The request you send is not a valid {user_id} or not exists'),
  99992353: row(400, 'The request you send is not a valid {union_id} or not exists'),
  99992360: row(400, 'The request you send is not a valid {open_id}'),
  99992361: row(400, 'open_id cross app'),
  99992363: row(400, 'The request you send is not a valid {union_id}'),
  99992364: row(400, 'user id cross tenant'),
  99992381: row(400, 'user id cross tenant'),
  99992402: row(400, 'field validation failed'),
};

/** The refusal of a code; of one not in the table HTTP 400 with plain words, as most of Feishu's are. */
export const refusalOf = (code: number): Refusal => REFUSALS[code] ?? row(400, 'The request was refused');

export const knownRefusals = (): readonly number[] => Object.keys(REFUSALS).map(Number);
