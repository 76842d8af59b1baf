import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  blockOf,
  jobLine,
  readCrontab,
  tickLine,
  withBlock,
  withoutBlock,
  writeCrontab,
} from '../../src/wake/crontab.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROJECT = '/srv/销售 reports';
const PLACES = {
  node: '/usr/bin/node',
  program: '/opt/larkcron.js',
  config: '/srv/x/larkcron.yaml',
  log: '/srv/x/.larkcron/logs/cron.log',
};

describe('the block in a crontab', () => {
  it('leaves every other byte as it was, put in and taken out again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('0 1 * * * backup\n', '# a comment\r\n', '\n', 'MAILTO=x\n', '\u00e9\u00ff bytes', '   '),
        ),
        (parts) => {
          const before = parts.join('');
          const terminated = before === '' || before.endsWith('\n') ? before : `${before}\n`;
          const inside = withBlock(before, ['* * * * * a', 'b'], PROJECT);
          assert.ok(inside.startsWith(terminated));
          assert.deepEqual(blockOf(inside, PROJECT), ['* * * * * a', 'b']);
          assert.equal(withoutBlock(inside, PROJECT), terminated);
        },
      ),
    );
  });

  it('is replaced where it stands, and not doubled', () => {
    const first = withBlock('before\n', ['one'], PROJECT);
    const second = withBlock(`${first}after\n`, ['two'], PROJECT);
    assert.equal(second, `${withBlock('before\n', ['two'], PROJECT)}after\n`);
    assert.equal(withBlock(second, ['two'], PROJECT), second);
  });

  it('belongs to one project: another one has its own', () => {
    const both = withBlock(withBlock('', ['one'], '/a'), ['two'], '/b');
    assert.deepEqual([blockOf(both, '/a'), blockOf(both, '/b'), blockOf(both, '/c')], [['one'], ['two'], null]);
    assert.deepEqual(blockOf(withoutBlock(both, '/a'), '/b'), ['two']);
  });
});

describe('crontab lines', () => {
  it('tick has absolute paths and a log', () => {
    assert.equal(
      tickLine(PLACES),
      '* * * * * /usr/bin/node /opt/larkcron.js tick --config /srv/x/larkcron.yaml --quiet >> /srv/x/.larkcron/logs/cron.log 2>&1',
    );
  });

  it('one job has its own line, its name and paths quoted, the per cent sign escaped', () => {
    const line = jobLine({ ...PLACES, config: '/srv/100% 好/larkcron.yaml', crons: ['0 18 * * *'], job: '门店看板' });
    assert.equal(
      line,
      "0 18 * * * /usr/bin/node /opt/larkcron.js run '门店看板' --due last --config '/srv/100\\% 好/larkcron.yaml' --quiet",
    );
  });

  for (const crons of [['0 0 18 * * *'], ['0 18 * * *', '0 9 * * *'], ['0 18 L * *']]) {
    it(`${crons.join(' and ')} cannot be one line, and says so`, () => {
      assert.throws(() => jobLine({ ...PLACES, crons, job: 'x' }), { code: 'no-crontab-line' });
    });
  }
});

/** A stand-in for the crontab program, keeping its table in a file. */
const fakeCrontab = (): { path: string; file: string } => {
  const folder = temporaryFolder();
  const file = join(folder, 'table');
  writeFileSync(
    join(folder, 'crontab'),
    `#!/bin/sh\nif [ "$1" = -l ]; then [ -f "${file}" ] && exec cat "${file}"; echo "no crontab for me" >&2; exit 1; fi\nexec cat > "${file}"\n`,
  );
  chmodSync(join(folder, 'crontab'), 0o755);
  return { path: `${folder}:/usr/bin:/bin`, file };
};

describe('the crontab program', () => {
  it('no crontab yet is an empty one', async () => {
    assert.equal(await readCrontab(fakeCrontab()), '');
  });

  it('keeps bytes that are no UTF-8', async () => {
    const { path, file } = fakeCrontab();
    const bytes = Buffer.from([0x23, 0xff, 0xfe, 0x80, 0x0a]);
    writeFileSync(file, bytes);
    await writeCrontab(await readCrontab({ path }), { path });
    const { readFileSync } = await import('node:fs');
    assert.deepEqual(readFileSync(file), bytes);
  });

  it('a machine without it gets a sentence', async () => {
    await assert.rejects(readCrontab({ path: temporaryFolder() }), { code: 'no-crontab' });
  });

  it('its own words are in the error', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'crontab'), '#!/bin/sh\necho you are not allowed >&2; exit 1\n');
    chmodSync(join(folder, 'crontab'), 0o755);
    await assert.rejects(writeCrontab('x\n', { path: `${folder}:/bin` }), /you are not allowed/);
  });
});
