import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLog } from '../../src/base/log.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const at = Date.UTC(2026, 10, 22, 10, 0, 3, 120);
const logTo = (file: string, format: 'text' | 'json' = 'text', redact = (text: string) => text) =>
  createLog({
    file,
    format,
    level: 'info',
    maxSize: 1e6,
    keep: 2,
    zone: 'Asia/Shanghai',
    clock: { now: () => at },
    redact,
    stderr: () => {},
  });

describe('the log', () => {
  it('writes one line a fact, on the clock of the project', () => {
    const file = join(temporaryFolder(), 'logs', 'push.log');
    const log = logTo(file);
    log.info('run.ended', '门店看板 已送达', { run: 'abc', code: 0, to: null });
    log.flush();
    assert.equal(readFileSync(file, 'utf8'), '2026-11-22 18:00:03,120 [INFO] 门店看板 已送达 run=abc code=0\n');
  });

  it('writes JSON when asked to', () => {
    const file = join(temporaryFolder(), 'push.log');
    const log = logTo(file, 'json');
    log.warn('run.missed', 'x', { count: 3 });
    log.flush();
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {
      at: '2026-11-22T10:00:03.120Z',
      level: 'warn',
      event: 'run.missed',
      message: 'x',
      count: 3,
    });
  });

  it('keeps its own names when a field has one of them', () => {
    const file = join(temporaryFolder(), 'push.log');
    const log = logTo(file, 'json');
    log.warn('run.again', 'x', { at: 'later' });
    log.flush();
    const line = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual([line.at, line.at_], ['2026-11-22T10:00:03.120Z', 'later']);
  });

  it('lets no value begin a line of its own', () => {
    const file = join(temporaryFolder(), 'push.log');
    const log = logTo(file);
    log.error('x', 'bad\n2026-11-22 18:00:03,120 [INFO] forged', { to: 'a\nb\u001b[31m\u009b31m' });
    log.flush();
    assert.equal(readFileSync(file, 'utf8').trimEnd().split('\n').length, 1);
    assert.doesNotMatch(readFileSync(file, 'utf8'), /[\u001b\u009b]/);
  });

  it('leaves out what is below its level', () => {
    const file = join(temporaryFolder(), 'push.log');
    const log = logTo(file);
    log.debug('x', 'no');
    log.info('x', 'yes');
    log.flush();
    assert.match(readFileSync(file, 'utf8'), /^\S+ \S+ \[INFO\] yes\n$/);
  });

  it('that cannot be written says so once and breaks nothing', () => {
    const said: string[] = [];
    const log = createLog({
      file: '/dev/null/x/push.log',
      format: 'text',
      level: 'info',
      maxSize: 10,
      keep: 1,
      zone: 'UTC',
      clock: { now: () => at },
      redact: (text) => text,
      stderr: (line) => said.push(line),
    });
    log.info('x', 'a');
    log.flush();
    log.info('x', 'b');
    log.flush();
    assert.equal(said.length, 1);
  });

  it('loses and tears no line while several processes write and rotate', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'push.log');
    const writer = fileURLToPath(new URL('../support/write-log.ts', import.meta.url));
    await Promise.all(
      [0, 1, 2, 3].map(
        (n) =>
          new Promise((resolve) =>
            spawn(process.execPath, [writer, file, String(n), '500'], { stdio: 'inherit' }).on('exit', resolve),
          ),
      ),
    );
    const files = readdirSync(folder).filter((name) => name.startsWith('push.log') && !name.endsWith('.lock'));
    assert.ok(files.length > 1, 'it was rotated');
    const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
    const seen = new Set(lines.map((line) => /\[INFO\] line (\d+-\d+) x{40}$/.exec(line)?.[1]));
    assert.equal(seen.has(undefined), false, 'no line is torn');
    assert.equal(seen.size, 2_000);
  });
});

describe('what must not be said', () => {
  const { hide, add } = createRedactor(['app-secret-123']);
  add('sp"cial&secret');
  for (const [text, hidden] of [
    ['secret=app-secret-123', 'secret=***'],
    ['Authorization: Bearer t-g1044ghJRUIJJ5ZPPZMOHKWZISL33E4QSS3abcef', 'Authorization: Bearer ***'],
    ['token t-g1044ghJRUIJJ5ZPP', 'token t-***'],
    ['postgres://user:pass@host/db', 'postgres://user:***@host/db'],
    ['https://open.feishu.cn/open-apis/bot/v2/hook/abc-def', 'https://open.feishu.cn/open-apis/bot/v2/hook/***'],
    ['{"app_secret":"abcdefgh"}', '{"app_secret":"***"}'],
    [JSON.stringify({ x: 'sp"cial&secret' }), '{"x":"***"}'],
    ['mysql://user:p@ss@host/db', 'mysql://user:***@host/db'],
    ['https://host:8080/x?mail=a@b.com', 'https://host:8080/x?mail=a@b.com'],
    ['app-secret-123-and-more', '***-and-more'],
    ['secret: ${FEISHU_APP_SECRET}', 'secret: ${FEISHU_APP_SECRET}'],
    ['t-shirt-collection-red-2026 and basic information', 't-shirt-collection-red-2026 and basic information'],
    ['nothing to hide: it-works, test-run, ou_abc', 'nothing to hide: it-works, test-run, ou_abc'],
  ] as const) {
    it(text.slice(0, 24), () => assert.equal(hide(text), hidden));
  }
  it('the longer of two secrets is hidden whole', () => {
    assert.equal(createRedactor(['abc-12', 'abc-123456']).hide('abc-123456'), '***');
  });
});
