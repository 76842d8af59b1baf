import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { it, type TestContext } from 'node:test';
import { until } from '../support/project.ts';
import { openTestConsole } from './fixture.ts';

/** Listens as a browser does; what it has heard so far. */
const listen = (t: TestContext, base: string, token: string) =>
  new Promise<{ answer: IncomingMessage; heard: () => string; close: () => void }>((resolve, reject) => {
    const asking = get(`${base}/api/events`, { headers: { authorization: `Bearer ${token}` } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('error', () => {});
      resolve({ answer, heard: () => text, close: () => asking.destroy() });
    });
    asking.on('error', reject);
    t.after(() => asking.destroy());
  });

const changes = (heard: string): number => heard.match(/event: change/g)?.length ?? 0;

it('who listens hears of each change within moments, and of none where there is none', async (t) => {
  const desk = await openTestConsole(t);
  const { answer, heard } = await listen(t, desk.url, desk.tokens.viewer);
  assert.equal(answer.headers['content-type'], 'text/event-stream');
  await until('it is greeted', () => heard().includes('event: hello'));
  await new Promise((resolve) => setTimeout(resolve, 700));
  const before = changes(heard());
  const at = performance.now();
  await desk.ask('/api/jobs/hello/runs', { method: 'POST', body: {} });
  await until('it hears', () => changes(heard()) > before, 3_000);
  assert.ok(performance.now() - at < 1_500, `${performance.now() - at} ms`);
  await new Promise((resolve) => setTimeout(resolve, 700));
  const quiet = changes(heard());
  await desk.ask('/api/runs');
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(changes(heard()), quiet);
  assert.match(heard(), /data: \{"at":"2\d{3}-.*","settings":false\}/);
});

it('after the settings were read again it hears so, and goes on with the new ledger', async (t) => {
  const desk = await openTestConsole(t);
  const { heard } = await listen(t, desk.url, desk.tokens.viewer);
  await until('it is greeted', () => heard().includes('event: hello'));
  const before = desk.app();
  desk.setApp(null);
  assert.deepEqual([(await desk.ask('/api/jobs')).status, (await desk.ask('/healthz')).status], [503, 200]);
  await new Promise((resolve) => setTimeout(resolve, 400));
  await before.close();
  desk.setApp(desk.open());
  desk.settingsChanged();
  await until('it hears of the settings', () => heard().includes('"settings":true'), 3_000);
  const known = changes(heard());
  await new Promise((resolve) => setTimeout(resolve, 600));
  await desk.ask('/api/jobs/hello/runs', { method: 'POST', body: {} });
  await until('it hears of the run', () => changes(heard()) > known, 3_000);
});

it('so many listen and no more, and who has gone makes room', async (t) => {
  const desk = await openTestConsole(t);
  const all = await Promise.all(Array.from({ length: 50 }, () => listen(t, desk.url, desk.tokens.viewer)));
  assert.ok(all.every(({ answer }) => answer.statusCode === 200));
  const more = await listen(t, desk.url, desk.tokens.viewer);
  assert.equal(more.answer.statusCode, 429);
  await until('it is said why', () => more.heard().includes('too-many-listeners'));
  all[0]?.close();
  await until('there is room', async () => {
    const one = await listen(t, desk.url, desk.tokens.viewer);
    const isWelcome = one.answer.statusCode === 200;
    if (!isWelcome) one.close();
    return isWelcome;
  });
});

it('who comes with a token that is revoked hears no more, within moments', async (t) => {
  const desk = await openTestConsole(t);
  const { answer, heard } = await listen(t, desk.url, desk.tokens.viewer);
  await until('it is greeted', () => heard().includes('event: hello'));
  let ended = false;
  answer.on('close', () => {
    ended = true;
  });
  const all = (await desk.ask('/api/tokens')).json.tokens as { id: string; name: string }[];
  await desk.ask(`/api/tokens/${all.find(({ name }) => name === 'viewer')?.id}`, { method: 'DELETE' });
  await until('the stream ends', () => ended, 3_000);
});

it('while much happens it is told once a second, and of the last of it', async (t) => {
  const desk = await openTestConsole(t);
  const { heard } = await listen(t, desk.url, desk.tokens.viewer);
  await until('it is greeted', () => heard().includes('event: hello'));
  const began = performance.now();
  while (performance.now() - began < 3_000) {
    await desk
      .app()
      .ledger()
      .jobs.pause('hello', { until: null, reason: String(performance.now()) });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const many = changes(heard());
  assert.ok(many >= 2 && many <= 4, String(many));
  await until('it hears of the last', () => changes(heard()) > many, 2_000);
});

it('a ledger that cannot be looked at for a moment is looked at again', async (t) => {
  const desk = await openTestConsole(t);
  const { heard } = await listen(t, desk.url, desk.tokens.viewer);
  await until('it is greeted', () => heard().includes('event: hello'));
  const real = desk.app();
  let failing = true;
  const watch = () => {
    if (failing) throw new Error('database is locked');
    return real.ledger().watch();
  };
  desk.setApp({ ...real, ledger: () => ({ ...real.ledger(), watch }) });
  await new Promise((resolve) => setTimeout(resolve, 700));
  failing = false;
  await new Promise((resolve) => setTimeout(resolve, 700));
  const known = changes(heard());
  await real.ledger().jobs.pause('hello', { until: null, reason: null });
  await until('it hears', () => changes(heard()) > known, 3_000);
  desk.setApp(real);
});
