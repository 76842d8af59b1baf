import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findBrowser } from '../../src/browser/find-browser.ts';
import type { LarkcronError, Place } from '../../src/model/errors.ts';
import { isTransient } from '../../src/source/source.ts';
import { type Dashboard, startDashboard } from './dashboard.ts';
import { takeScreenshot } from './take-screenshot.ts';

const skip = findBrowser(process.env) === null && 'no Chromium or Chrome on this machine';

let board: Dashboard;

const filled = (yaml: string): string => yaml.replaceAll('URL', board.url).replaceAll('OTHER', board.other);

const failing = async (
  yaml: string,
  code: string,
  {
    says,
    transient = false,
    status = 1,
    column,
  }: { says?: RegExp; transient?: boolean; status?: number; column?: number },
): Promise<void> => {
  const error = await takeScreenshot(filled(yaml)).then(
    ({ rows }) => assert.fail(`a picture: ${JSON.stringify(rows)}`),
    (caught: LarkcronError) => caught,
  );
  const words = `${error.message} ${JSON.stringify(error.explanation)}`;
  assert.equal(error.code, code, error.message);
  assert.match(words, says ?? /./);
  assert.doesNotMatch(words, /s3cret|correct-horse|glsa_/);
  assert.deepEqual([error.status, isTransient(error)], [status, transient]);
  const at: Place | null = error.problems[0]?.at ?? null;
  assert.deepEqual([at?.file, at?.line], ['jobs/a.yaml', 1]);
  if (column !== undefined) assert.equal(at?.column, column);
};

describe('a screenshot that cannot be had', { skip, concurrency: 3 }, () => {
  before(async () => {
    board = await startDashboard();
  });
  after(() => board.close());

  for (const [name, yaml, code, more] of [
    [
      'an answer of 500',
      '{ url: URL/error?key=s3cret }',
      'screenshot-status',
      { says: /error answered HTTP 500/, transient: true },
    ],
    [
      'an answer of 503 without a page',
      '{ url: URL/bodyless }',
      'screenshot-status',
      { says: /HTTP 503/, transient: true },
    ],
    ['a question for user and password', '{ url: URL/challenge }', 'screenshot-status', { says: /HTTP 401/ }],
    ['an answer of 401', '{ url: URL/unauthorized }', 'screenshot-status', { says: /HTTP 401.*cookies/ }],
    [
      'an unknown host',
      '{ url: "http://no-such-host.invalid/?key=s3cret" }',
      'screenshot-unreachable',
      { says: /not known/, transient: true },
    ],
    ['a redirect without end', '{ url: URL/loop }', 'screenshot-no-page', { says: /redirects again and again/ }],
    ['a download', '{ url: URL/download }', 'screenshot-no-page', { says: /download/ }],
    ['a redirect to a file', '{ url: URL/to-file }', 'screenshot-no-page', { says: /UNSAFE_REDIRECT/ }],
    [
      'a file',
      '{ url: "file:///etc/passwd" }',
      'screenshot-url',
      { says: /file:\/\/\/etc\/passwd/, status: 2, column: 9 },
    ],
    ['a script', '{ url: "javascript:alert(1)" }', 'screenshot-url', { status: 2 }],
    [
      'a login page in its place',
      '{ url: URL/dashboard }',
      'screenshot-elsewhere',
      { says: /the page that came is http:\S+\/login"/ },
    ],
    ['a login page that comes by script', '{ url: URL/to-login }', 'screenshot-elsewhere', { says: /\/login/ }],
    ['a login page of an app of one page', '{ url: URL/routed }', 'screenshot-elsewhere', { says: /\/app\/signin/ }],
    ['another host in its place', '{ url: URL/away }', 'screenshot-elsewhere', { says: /localhost/ }],
    [
      'a login page while an element is waited for',
      '{ url: URL/dashboard, waitFor: { selector: .chart-loaded }, timeout: 8s }',
      'screenshot-elsewhere',
      { says: /\/login/ },
    ],
    ['a page of one colour', '{ url: URL/blank }', 'screenshot-blank', { says: /\/blank has one colour/ }],
    [
      'an element of one colour',
      '{ selector: .bar, url: URL/stubborn, hide: .bar }',
      'screenshot-blank',
      { says: /\.bar has one colour/, column: 13 },
    ],
    ['a page that only says that it is loading', '{ url: URL/loading }', 'screenshot-blank', {}],
    [
      'a server that never answers',
      '{ url: URL/silent, timeout: 8s }',
      'screenshot-waiting',
      { says: /after 8 s still waiting for its answer/, transient: true },
    ],
    [
      'a page that never ends',
      '{ url: URL/endless-page, timeout: 8s }',
      'screenshot-waiting',
      { says: /not answered: \S+\/endless-page/, transient: true },
    ],
    [
      'a request that never ends',
      '{ url: URL/stream, timeout: 8s }',
      'screenshot-waiting',
      { says: /quiet \(not answered: \S+\/api\/endless\)/, transient: true },
    ],
    [
      'a page that never lets go of the processor',
      '{ url: URL/busy, timeout: 8s }',
      'screenshot-waiting',
      { transient: true },
    ],
    [
      'an element that never comes',
      '{ url: URL/slug, waitFor: { selector: .nope }, timeout: 8s }',
      'screenshot-waiting',
      { says: /the element \.nope/, transient: true },
    ],
    [
      'an expression that throws',
      '{ url: URL/slug, waitFor: { expression: nothing.here }, timeout: 8s }',
      'screenshot-waiting',
      { says: /nothing\.here to be true \(ReferenceError/, transient: true },
    ],
    ['what is no selector', '{ url: URL/slug, selector: "##x" }', 'screenshot-selector', { says: /##x/, status: 2 }],
    [
      'what is no expression',
      '{ url: URL/slug, waitFor: { expression: "1 +" } }',
      'screenshot-expression',
      { says: /1 \+/, status: 2 },
    ],
    [
      'a header that is the connection’s own',
      '{ url: URL/slug, headers: { Host: x } }',
      'screenshot-header',
      { says: /Host/, status: 2 },
    ],
    [
      'a cookie that the browser refuses',
      '{ url: URL/slug, cookies: { __Host-x: "1" } }',
      'screenshot-header',
      { says: /__Host-x/, status: 2 },
    ],
    [
      'a header that cannot be sent',
      '{ url: URL/slug, headers: { "a b": s3cret } }',
      'screenshot-header',
      { says: /a b/, status: 2 },
    ],
    [
      'a page of login that is not there',
      '{ url: URL/slug, login: [ { goto: URL/nope } ] }',
      'screenshot-step',
      { says: /Step 1 of login \(goto\).*HTTP 404/ },
    ],
    [
      'a field of login that is not there',
      '{ url: URL/slug, login: [ { goto: URL/login }, { fill: { "#usr": ann } } ] }',
      'screenshot-step',
      { says: /Step 2 of login \(fill #usr\).*#usr within 10 s on \S+\/login/ },
    ],
    [
      'a wrong password',
      `{ url: URL/slug, timeout: 10s, login: [ { goto: URL/login }, { fill: { "#password": s3cret-wrong } }, { click: "#submit" }, { waitFor: { selector: .home } } ] }`,
      'screenshot-step',
      { says: /Step 4 of login \(waitFor\).*\.home, on \S+\/login/ },
    ],
  ] as const)
    it(`${name} is ${code}`, () => failing(yaml, code, more));
});
