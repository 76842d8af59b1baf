import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CodeClass, codeRow, faultOf, knownCodes, type Operation, understand } from '../../src/feishu/codes.ts';
import { explain, hintOf } from '../../src/feishu/explain.ts';
import { outcomeOf } from '../../src/feishu/outcomes.ts';
import { answerOf } from '../../src/feishu/reply.ts';

/** Every code that the documentation names, by what it asks for. */
const CLASSES: Readonly<Record<CodeClass, readonly number[]>> = {
  retry: [
    1663, 2200, 5000, 10101, 10500, 11232, 11233, 18121, 230020, 230049, 232096, 1000004, 1000005, 99991400, 200810,
    1254290, 1254291, 1254607, 1255040, 90217, 90235,
  ],
  token: [4001, 20005, 20013, 99991661, 99991663, 99991664, 99991665, 99991668, 99991669, 99991671, 99991677],
  setup: [
    10003, 10005, 10012, 10013, 10014, 10015, 20002, 20048, 99991543, 99991662, 99991672, 99991673, 99991676, 99991679,
    212100, 99991401, 99991201, 99991301, 230006, 230027, 230036, 232025, 232034, 234007, 40004, 41050, 1254302, 91402,
    1254018, 1254040, 1254041, 1254042, 1254045, 90202, 131005, 131006, 91403, 200080, 200340, 200341, 200342, 200343,
    200530, 200671, 200672, 200673, 200830, 300000,
  ],
  quota: [99991403, 11247, 230024],
  recipient: [
    230002, 230013, 230018, 230019, 230023, 230029, 230034, 230035, 230038, 230050, 230052, 230053, 230071, 230075,
    231002, 231008, 232006, 232009, 232010, 232011, 232033, 99992351, 99992352, 99992353, 99992360, 99992361, 99992363,
    99992364, 99992381, 19001, 19021, 19022,
  ],
  message: [
    19036, 230001, 230009, 230011, 230012, 230015, 230017, 230022, 230025, 230026, 230028, 230031, 230033, 230054,
    230055, 230072, 230099, 230110, 230111, 231001, 234001, 234006, 234010, 234011, 234039, 99992402, 9499, 19002,
    19024, 10002, 11101, 11203, 11204, 11205, 11206, 11207, 11208, 11209, 11210, 11223, 11227, 11246, 11312, 230100,
    200220, 200740, 200750, 200770, 200850, 200860, 300122, 300301, 300302, 300303, 300305, 300307, 300311, 300317,
    11311, 100000, 100030, 200000, 200310, 200320, 300020, 300030, 300040, 300090,
  ],
  unknown: [],
};

/** What becomes of a delivery that is answered so. */
const RESULTS: Readonly<Record<CodeClass, string>> = {
  retry: 'tried again',
  token: 'refused, the fault of the app', // once a new token did not help
  setup: 'refused, the fault of the app',
  quota: 'refused, the fault of the app',
  recipient: 'refused, the fault of the recipient',
  message: 'refused, the fault of the message',
  unknown: 'unknown',
};

const resultOf = (code: number, msg = ''): string => {
  const answer = { status: 400, headers: {}, body: Buffer.from(JSON.stringify({ code, msg })) };
  const outcome = outcomeOf(answerOf(answer));
  if (outcome.is === 'rejected') return `refused, the fault of the ${outcome.fault}`;
  return outcome.is === 'retry' ? 'tried again' : outcome.is;
};

const INNER: readonly number[] = [
  100290, 11310, 200380, 200381, 200550, 200570, 200621, 200732, 200737, 200861, 200914, 200915, 300220, 300230, 300240,
];

const card = (inner: number, words = 'x'): string =>
  `Failed to create card content, ext=ErrCode: ${inner}; ErrPath: ROOT -> body -> elements -> [3](tag: chart); ErrMsg: ${words}; ErrorValue: 1;`;

describe('every code that the documentation names', () => {
  for (const [kind, codes] of Object.entries(CLASSES) as [CodeClass, readonly number[]][]) {
    for (const code of codes) {
      it(`${code} is ${kind}: ${RESULTS[kind]}`, () => {
        assert.equal(codeRow(code)?.class, kind);
        assert.equal(resultOf(code), RESULTS[kind]);
      });
    }
  }
  for (const inner of INNER) {
    it(`${inner} within 230099 has words of its own`, () => {
      const row = codeRow({ code: 230099, msg: card(inner) });
      assert.equal(row?.class, 'message');
      assert.equal(resultOf(230099, card(inner)), RESULTS.message);
      assert.notEqual(row?.words.zh, codeRow(230099)?.words.zh);
    });
  }
  it('has no row that is not named here', () => {
    const named = new Set([...Object.values(CLASSES).flat(), ...INNER]);
    assert.deepEqual(
      knownCodes().filter((code) => !named.has(code)),
      [],
    );
  });
  it('has words in both languages, and a hint in both or in none', () => {
    for (const code of knownCodes()) {
      const row = codeRow(code);
      assert.ok(row?.words.zh && row.words.en, String(code));
      assert.equal(row.hint.zh === '', row.hint.en === '', String(code));
    }
  });
});

describe('what a code means depends on', () => {
  const kindOf = (code: number, operation: Operation, http: number | null = null, msg = '') =>
    understand({ code, operation, http, msg }).class;
  for (const [what, kind, expected] of [
    ['10003 where tokens are made', kindOf(10003, 'token'), 'setup'],
    ['10003 in a batch', kindOf(10003, 'batch'), 'message'],
    ['a code nobody lists, where tokens are made', kindOf(12345, 'token', 200), 'setup'],
    ['a code nobody lists, of the gateway', kindOf(99991999, 'call', 400), 'setup'],
    ['a code nobody lists, about ids', kindOf(99992999, 'call', 400), 'recipient'],
    ['a code nobody lists', kindOf(123456, 'call', 400), 'message'],
    ['a code nobody lists with 5xx', kindOf(123456, 'call', 503), 'unknown'],
    ['a code nobody lists with 429', kindOf(123456, 'call', 429), 'retry'],
    ['a permanent refusal with 429', kindOf(230013, 'call', 429), 'recipient'],
    ['230027 by itself', kindOf(230027, 'call', 400, 'Lack of necessary permissions.'), 'setup'],
    ['230027 of an external group', kindOf(230027, 'call', 400, 'ext=not supported in external chat'), 'recipient'],
    ['11246 by itself', kindOf(11246, 'batch'), 'message'],
    [
      '11246 of Feishu’s own fault, where nothing makes a repeat harmless',
      kindOf(11246, 'batch', 200, 'Service Internal Error'),
      'unknown',
    ],
    ['an internal error where a uuid does', kindOf(2200, 'call', 200), 'retry'],
    ['… and where none does', kindOf(2200, 'webhook', 200), 'unknown'],
    ['… or in a batch', kindOf(5000, 'batch', 200), 'unknown'],
    ['a limit where there is no uuid', kindOf(11232, 'webhook', 200), 'retry'],
    ['5xx, whatever code stands in it', kindOf(2200, 'call', 500), 'unknown'],
    ['5xx with a refusal in it', kindOf(230001, 'call', 503), 'unknown'],
    ['5xx of a custom bot', kindOf(2200, 'webhook', 500), 'unknown'],
    ['5xx when a token is asked for: nothing was sent', kindOf(2200, 'token', 500), 'retry'],
    ['11310 of a locked card', kindOf(230099, 'call', 400, card(11310, 'card action is lock')), 'retry'],
    ['11310 of a fresh entity', kindOf(230099, 'call', 400, card(11310, 'cardid is invalid')), 'retry'],
    ['11310 of too many elements', kindOf(230099, 'call', 400, card(11310, 'element exceeds the limit')), 'message'],
    ['11310 of a template', kindOf(230099, 'call', 400, card(11310, 'template is not visible to app')), 'message'],
    ['an inner code nobody lists', kindOf(230099, 'call', 400, card(299999)), 'message'],
  ] as const)
    it(`${what}: ${expected}`, () => assert.equal(kind, expected));

  it('whose fault it is follows from what it asks for', () => {
    assert.deepEqual((['setup', 'quota', 'token', 'recipient', 'message'] as const).map(faultOf), [
      'app',
      'app',
      'app',
      'recipient',
      'message',
    ]);
  });
});

describe('in words for a person', () => {
  const app = { id: 'cli_a1', endpoint: 'https://open.feishu.cn' };
  const denied =
    'Access denied. One of the following scopes is required: [im:message, im:message:send_as_bot].点击链接申请:https://open.feishu.cn/app/cli_a1/auth?q=im:message&op_from=openapi&token_type=tenant';

  it("a missing scope comes with Feishu's own grant link", () => {
    assert.equal(
      explain({ code: 99991672, msg: denied }, app).link,
      'https://open.feishu.cn/app/cli_a1/auth?q=im:message&op_from=openapi&token_type=tenant',
    );
  });
  for (const [after, what] of [
    ['', 'nothing'],
    [',为应用开通权限', 'a comma and words'],
    [', then publish.', 'a comma and a space'],
    [')。', 'a bracket'],
    ['，请申请', 'a comma of full width'],
  ] as const)
    it(`a grant link keeps its commas, with ${what} after it`, () => {
      const link = 'https://open.feishu.cn/app/cli_a1/auth?q=im:message,im:chat:readonly&token_type=tenant';
      assert.equal(explain({ code: 99991672, msg: `Access denied: ${link}${after}` }, app).link, link);
    });
  it('a link that leads elsewhere is not followed', () => {
    const { link } = explain(
      { code: 99991672, msg: denied.replace('open.feishu.cn', 'open.feishu.cn.evil.example') },
      app,
    );
    assert.equal(
      link,
      'https://open.feishu.cn/page/scope-apply?clientID=cli_a1&scopes=im%3Amessage,im%3Amessage%3Asend_as_bot',
    );
  });
  it("Lark's app has Lark's console", () => {
    const lark = { id: 'cli_b', endpoint: 'https://open.larksuite.com' };
    assert.equal(explain({ code: 230013 }, lark).link, 'https://open.larksuite.com/app/cli_b/version');
    assert.equal(explain({ code: 230006 }, lark).link, 'https://open.larksuite.com/app/cli_b/bot');
  });
  it('without an app there is no link', () => assert.equal(explain({ code: 230006 }).link, null));
  it('a card that was refused says where and why', () => {
    const { words, inner } = explain({ code: 230099, msg: card(200550, 'chart spec is invalid') });
    assert.equal(inner, 200550);
    assert.match(
      words.en,
      /the spec of a chart is wrong: chart spec is invalid · ROOT -> body -> elements -> \[3\]\(tag: chart\)/,
    );
  });
  it('the hint carries the link', () =>
    assert.match(hintOf(explain({ code: 230006 }, app)).zh, /发布版本。 https:\/\/open/));
});
