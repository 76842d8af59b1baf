import assert from 'node:assert/strict';
import { it } from 'node:test';
import { reads } from '../../src/web/routes/reads.ts';
import type { Route } from '../../src/web/routes/route.ts';
import { openTestConsole } from './fixture.ts';

const fits = (route: Route, answer: unknown): void => {
  const parsed = route.answer.safeParse(answer);
  assert.ok(parsed.success, `${route.name}: ${JSON.stringify(parsed.error?.issues.slice(0, 3))}`);
};

/** A run of the dashboard, and one of `hello`, both sent; ou_b is refused. */
const sent = async (t: Parameters<typeof openTestConsole>[0]) => {
  const desk = await openTestConsole(t, { faults: ['230013:recipient=ou_b'] });
  const start = async (job: string): Promise<string> => {
    const answer = await desk.ask(`/api/jobs/${job}/runs`, { method: 'POST', body: {} });
    assert.equal(answer.status, 200, answer.text);
    return answer.json.run.id;
  };
  const runs = [await start('store-dashboard'), await start('hello')];
  await desk.settle(runs);
  return { desk, dashboard: runs[0] ?? '', hello: runs[1] ?? '' };
};

it('every page of the console has its facts, in the shapes that are described', async (t) => {
  const { desk, dashboard } = await sent(t);
  const day = new Date().toISOString().slice(0, 10);
  const [delivery] = (await desk.ask('/api/deliveries')).json.items;
  const asked: readonly (readonly [Route, string])[] = [
    [reads.today, '/api/today'],
    [reads.today, '/api/today?day=2026-01-01'],
    [reads.status, '/api/status'],
    [reads.jobs, '/api/jobs'],
    [reads.job, '/api/jobs/store-dashboard'],
    [reads.job, '/api/jobs/broken'],
    [reads.preview, '/api/jobs/store-dashboard/preview'],
    [reads.preview, '/api/jobs/hello/preview'],
    [reads.jobDays, `/api/jobs/store-dashboard/days?since=2026-01-01&until=${day}`],
    [reads.jobTimes, '/api/jobs/hello/times'],
    [reads.runs, '/api/runs'],
    [reads.run, `/api/runs/${dashboard.slice(0, 8)}`],
    [reads.sent, `/api/runs/${dashboard}/contents`],
    [reads.deliveries, '/api/deliveries'],
    [reads.delivery, `/api/deliveries/${delivery.id}`],
    [reads.incidents, '/api/incidents'],
    [reads.recipients, '/api/recipients'],
    [reads.findPeople, '/api/recipients/search?query='],
    [reads.calendar, '/api/calendar?year=2026'],
    [reads.doctor, '/api/doctor'],
  ];
  assert.deepEqual(new Set(asked.map(([{ name }]) => name)), new Set(Object.keys(reads)));
  for (const [route, path] of asked) {
    const answer = await desk.ask(path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    fits(route, answer.json);
  }
  assert.deepEqual(desk.bugs, []);
});

it('a run tells its story in order, with every delivery, its code, words, hint and log id', async (t) => {
  const { desk, dashboard } = await sent(t);
  const { json } = await desk.ask(`/api/runs/${dashboard}`);
  assert.equal(json.run.state, 'partial');
  assert.equal(json.run.trigger, 'api');
  assert.deepEqual(
    json.story.map(({ what }: { what: string }) => what),
    ['opened', 'started', 'source', 'planned', 'sent', 'ended'],
  );
  const [source] = json.story.filter(({ what }: { what: string }) => what === 'source');
  assert.deepEqual([source.dataset, source.rows], ['stores', 2]);
  assert.deepEqual(json.counts, { delivered: 2, rejected: 1, unknown: 0, cancelled: 0, open: 0 });
  const refused = json.deliveries.find(({ recipient }: { recipient: string }) => recipient === 'ou_b');
  assert.equal(refused.code, 230013);
  assert.match(refused.message, /availab|scope|range|bot/i);
  assert.ok(refused.hint.length > 0 && refused.logId.length > 0);
  assert.deepEqual(
    refused.tries.map(({ outcome, code }: { outcome: string; code: number }) => [outcome, code]),
    [['rejected', 230013]],
  );
  assert.deepEqual(json.acts, { resend: 1, resendUnknown: 0, recall: 2, cancel: 0 });
  const chinese = await desk.ask(`/api/runs/${dashboard}`, {
    headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' },
  });
  assert.match(chinese.json.story[0].words, /[一-龥]/);

  const contents = (await desk.ask(`/api/runs/${dashboard}/contents`)).json.contents;
  assert.equal(contents.length, 1);
  assert.match(contents[0].html, /^<article class="lc-card/);
  assert.match(contents[0].html, /一店/);
  assert.equal(contents[0].card.schema, '2.0');
});

it('of a job with a thousand recipients the first are listed, and all are counted', async (t) => {
  const to = Array.from({ length: 1_000 }, (_, i) => `ou_${i}`);
  const desk = await openTestConsole(t, { jobs: { 'jobs/wide.yaml': `to: [${to.join(', ')}]\ntext: hello\n` } });
  const { json } = await desk.ask('/api/jobs/wide');
  assert.deepEqual([json.job.recipients, json.to.length, json.to[0].recipient], [1_000, 200, 'ou_0']);
});

it('a preview is drawn with real data and sent to nobody; what would hold it back is said', async (t) => {
  const desk = await openTestConsole(t, {
    jobs: {
      'jobs/quiet.yaml':
        'to: [ou_a]\ndata: { a: { rows: [{ n: 1 }] } }\nwhen: a.first.n > 5\ncard: { title: x, body: [{ markdown: "n = {{ a.first.n }}" }] }\n',
    },
  });
  const { json } = await desk.ask('/api/jobs/quiet/preview');
  assert.equal(json.skipped.code, 'condition-false');
  assert.match(json.parts[0].html, /n = 1/);
  assert.deepEqual(
    json.sources.map(({ dataset, rows }: { dataset: string; rows: number }) => [dataset, rows]),
    [['a', 1]],
  );
  assert.equal(desk.sandbox.messages().length, 0);
  assert.deepEqual((await desk.ask('/api/runs')).json.items, []);
});

it('settings with faults are shown with them, by line, and never with a secret', async (t) => {
  const desk = await openTestConsole(t, {
    jobs: {
      'jobs/secret.yaml':
        'to: [{ name: g, webhook: "https://open.feishu.cn/open-apis/bot/v2/hook/aaaabbbb-1111-2222", secret: hidden-signing-key }]\ndata: { s: { sql: { url: "postgres://me:pass-word-1@db/x", query: select 1 } } }\ntext: "top-secret-1234"\n',
      'jobs/written-out.yaml':
        'to: [ou_a]\ndata:\n  a: { http: { url: "https://x.example.com/?api_key=abc-def-1", headers: { X-Auth-Token: qwe-rty-2, Cookie: "sid=uio-pas-3" } } }\n  b: { http: { url: "https://y.example.com", auth: { user: me, password: ghj-klz-4 } } }\ntext: hello\n',
      'jobs/broken.yaml': 'to: [ou_a]\ncard: { title: 1, boddy: [] }\n',
    },
  });
  const broken = (await desk.ask('/api/jobs/broken')).json;
  assert.equal(broken.job.sound, false);
  assert.ok(
    broken.findings.some(
      ({ line, severity }: { line: number; severity: string }) => line === 2 && severity === 'error',
    ),
  );
  assert.equal(broken.file, 'jobs/broken.yaml');
  const written = (await desk.ask('/api/jobs/written-out')).json.source;
  assert.match(written, /x\.example\.com/);
  assert.doesNotMatch(written, /abc-def-1|qwe-rty-2|uio-pas-3|ghj-klz-4/);
  const { viewer } = desk.tokens;
  assert.equal((await desk.ask('/api/jobs/written-out', { token: viewer })).json.source, null);
  for (const path of ['/api/jobs/secret', '/api/jobs', '/api/recipients', '/api/today', '/api/openapi.json']) {
    const { text, status } = await desk.ask(path);
    assert.equal(status, 200, path);
    assert.doesNotMatch(text, /aaaabbbb|hidden-signing-key|pass-word-1|top-secret-1234/, path);
  }
});

it('lists go by pages, and what is asked wrongly is said in words', async (t) => {
  const { desk } = await sent(t);
  const first = (await desk.ask('/api/deliveries?limit=2')).json;
  assert.equal(first.items.length, 2);
  const second = (await desk.ask(`/api/deliveries?limit=2&cursor=${encodeURIComponent(first.next)}`)).json;
  const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
  assert.equal(new Set(ids).size, 4);
  assert.equal((await desk.ask('/api/deliveries?state=rejected')).json.items.length, 1);
  assert.equal((await desk.ask('/api/deliveries?code=230013&job=store-dashboard')).json.items[0].recipient, 'ou_b');
  assert.equal((await desk.ask('/api/deliveries?recipient=ou_a')).json.items.length, 2);
  for (const [path, status, code] of [
    ['/api/deliveries?cursor=zzz', 400, 'bad-cursor'],
    ['/api/deliveries?limit=0', 400, 'bad-request'],
    ['/api/deliveries?state=lost', 400, 'bad-request'],
    ['/api/deliveries?colour=red', 400, 'bad-request'],
    ['/api/runs/ffffffff', 404, 'unknown-run'],
    ['/api/jobs/nothing', 404, 'unknown-job'],
    ['/api/jobs/broken/preview', 422, 'bad-settings'],
    ['/api/jobs/hello/days?since=2020-01-01&until=2026-01-01', 400, 'too-many-days'],
    ['/api/calendar?calendar=none', 404, 'unknown-calendar'],
    ['/api/nothing', 404, 'no-such-page'],
  ] as const) {
    const answer = await desk.ask(path);
    assert.deepEqual([answer.status, answer.json.code], [status, code], `${path} ${answer.text}`);
    assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/);
    assert.match(answer.json.title, /[a-z]/i);
  }
  assert.deepEqual(desk.bugs, []);
});

it('today shows what came, what comes and what was left out', async (t) => {
  const desk = await openTestConsole(t, {
    jobs: {
      'jobs/often.yaml': 'schedule: "*/5 * * * *"\nto: [ou_a]\ntext: hello\n',
      'jobs/never.yaml': 'schedule: { cron: "59 23 * * *", days: cn-holidays }\nto: [ou_a]\ntext: hello\n',
    },
  });
  const { json } = await desk.ask('/api/today');
  const often = json.dues.filter(({ job }: { job: string }) => job === 'often');
  assert.ok(often.every(({ outcome }: { outcome: string }) => outcome === 'coming'));
  const coming = often.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  assert.equal(json.counts.coming >= coming, true);
  assert.ok(coming > 0 || new Date().getUTCHours() === 15);
  assert.equal(json.quota[0].app, 'default');
  assert.equal(json.quota[0].perSecond.limit, 48);
  const year = (await desk.ask('/api/calendar?year=2026')).json;
  const national = year.list.find(({ date }: { date: string }) => date === '2026-10-01');
  assert.deepEqual(
    [national.on, national.dues.map(({ job }: { job: string }) => job).sort()],
    [false, ['never', 'often']],
  );
  const makeUp = year.list.filter((each: { makeUp: boolean }) => each.makeUp);
  assert.ok(makeUp.length > 0);
  assert.equal(year.list.find(({ date }: { date: string }) => date === '2026-06-03').dues[0].count, null);
});

it('doctor examines in its own time, one at a time, and keeps what it found', async (t) => {
  const desk = await openTestConsole(t);
  assert.equal((await desk.ask('/api/doctor')).json.state, 'none');
  const begun = await desk.ask('/api/doctor', { method: 'POST' });
  assert.equal(begun.status, 200, begun.text);
  const again = await desk.ask('/api/doctor', { method: 'POST' });
  assert.ok(again.status === 409 || again.json.state === 'running');
  for (let i = 0; i < 200; i++) {
    if ((await desk.ask('/api/doctor')).json.state === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const done = (await desk.ask('/api/doctor')).json;
  assert.equal(done.state, 'done');
  assert.ok(done.findings.length > 3);
  assert.equal(done.failed, null);
});
