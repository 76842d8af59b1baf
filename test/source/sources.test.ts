import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { createHttp } from '../../src/base/http.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { FetchedSpec as SourceSpec } from '../../src/model/job.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import { isTransient } from '../../src/source/source.ts';
import { until } from '../support/project.ts';
import { sourceContext } from '../support/source-context.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const http = createHttp();
const context = sourceContext({ env: { PATH: '/usr/bin:/bin' }, directory: folder });
const template = (source: string) => ({ source, at: null });
const base = { at: null, timeout: 5_000 };
const fetch = (spec: SourceSpec): Promise<Dataset> => fetchSource(spec, context);
const rejects = (spec: SourceSpec, code: string, transient = false) =>
  assert.rejects(fetch(spec), (error: { code: string }) => {
    assert.equal(error.code, code);
    assert.equal(isTransient(error), transient);
    return true;
  });

describe('sql on SQLite', () => {
  const file = join(folder, 'sales.db');
  const sql = (query: string, params: Record<string, string | number> = {}): SourceSpec => ({
    ...base,
    source: 'sql',
    url: `sqlite:${file}`,
    query,
    params,
    allowWrites: false,
  });
  before(() => {
    const db = new DatabaseSync(file);
    db.exec(
      "create table daily (name text, sales, id integer); insert into daily values ('国贸店', 1.5, 1234567890123456789), ('天河店', null, 2)",
    );
    db.close();
  });

  it('gives columns in order, big integers with all digits, NULL as null', async () => {
    const { columns, rows } = await fetch(sql('select id, name, sales from daily order by id desc'));
    assert.deepEqual(columns, ['id', 'name', 'sales']);
    assert.deepEqual(rows, [
      { id: 1234567890123456789n, name: '国贸店', sales: 1.5 },
      { id: 2, name: '天河店', sales: null },
    ]);
  });
  it('binds parameters, and never pastes them', async () => {
    const { rows } = await fetch(sql('select :name as name', { name: "x'; drop table daily; --" }));
    assert.deepEqual(rows, [{ name: "x'; drop table daily; --" }]);
    assert.equal((await fetch(sql('select 1 as a from daily'))).rows.length, 2);
  });
  it('has columns without rows', async () =>
    assert.deepEqual((await fetch(sql('select name from daily where 0'))).columns, ['name']));
  it('a colon inside quotes or comments is no parameter', async () => {
    assert.deepEqual((await fetch(sql("select ':no' as a -- :neither"))).rows, [{ a: ':no' }]);
  });
  it('refuses to write', () => rejects(sql('delete from daily'), 'sql-write'));
  it('refuses several statements', () => rejects(sql('select 1; select 2'), 'sql-several'));
  it('names the parameters that are missing or too many', () => rejects(sql('select :a', { b: 1 }), 'sql-params'));
  it("passes on the database's words", () => rejects(sql('select nobody from daily'), 'sql-failed'));
  it('refuses a parameter without a name', () => rejects(sql('select ?'), 'sql-positional'));
  it('refuses two columns of one name', () => rejects(sql('select name, id as name from daily'), 'sql-columns'));
  it('binds a whole number as one', async () => {
    const { rows } = await fetch(sql("select typeof(:n) as type, '5' = cast(:n as text) as same", { n: 5 }));
    assert.deepEqual(rows, [{ type: 'integer', same: 1 }]);
  });
  it('never makes a database of a wrong name', () =>
    rejects(
      { ...base, source: 'sql', url: 'sqlite:gone.db', query: 'select 1', params: {}, allowWrites: false },
      'file-missing',
    ));
  it('says which databases it does not read', () =>
    rejects(
      { ...base, source: 'sql', url: 'oracle://x/y', query: 'select 1', params: {}, allowWrites: false },
      'sql-url',
    ));
});

describe('http', () => {
  const server = createServer((request, response) => {
    const answers: Record<string, [number, string]> = {
      '/list': [200, '{"data":{"items":[{"id":12345678901234567890,"price":"12.30","tags":["a"]},{"id":2}]}}'],
      '/lines': [200, '{"a":1}\n{"a":2}\n'],
      '/broken': [200, '<html>'],
      '/missing': [404, 'no such thing'],
      '/down': [503, 'later'],
      '/huge': [200, '['.padEnd(20 * 1024 * 1024 + 2)],
    };
    const [status, body] = answers[request.url ?? ''] ?? [
      200,
      JSON.stringify([{ auth: request.headers['authorization'] ?? null }]),
    ];
    if (request.url !== '/hang') response.writeHead(status).end(body);
  });
  let url = '';
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    http.close();
  });
  const get = (path: string, more: Partial<Extract<SourceSpec, { source: 'http' }>> = {}): SourceSpec => ({
    ...base,
    source: 'http',
    url: template(url + path),
    method: 'GET',
    headers: {},
    auth: null,
    body: null,
    format: null,
    select: null,
    pages: null,
    ...more,
  });

  it('selects the list, keeps digits, and writes nested values as JSON', async () => {
    const { rows } = await fetch(get('/list', { select: 'data.items' }));
    assert.deepEqual(rows, [
      { id: 12345678901234567890n, price: '12.30', tags: '["a"]' },
      { id: 2, price: null, tags: null },
    ]);
  });
  it('reads one object a line', async () => assert.equal((await fetch(get('/lines'))).rows.length, 2));
  it('sends headers', async () =>
    assert.deepEqual((await fetch(get('/x', { headers: { authorization: template('Bearer k') } }))).rows, [
      { auth: 'Bearer k' },
    ]));
  it('what is no JSON is an error', () => rejects(get('/broken'), 'not-json'));
  it('a select that finds nothing says what is missing', () =>
    rejects(get('/list', { select: 'data.rows' }), 'select-missing'));
  it('404 is final, 503 may pass', async () => {
    await rejects(get('/missing'), 'http-status');
    await rejects(get('/down'), 'http-status', true);
  });
  it('what is too large is final: it would be again', () => rejects(get('/huge'), 'too-large'));
  it('a hang ends at the time-out, and may pass', () =>
    rejects(get('/hang', { timeout: 200 }), 'http-unreachable', true));
  it('nobody there may pass', () =>
    rejects(
      { ...(get('/x') as Extract<SourceSpec, { source: 'http' }>), url: template('http://127.0.0.1:1/') },
      'http-unreachable',
      true,
    ));
});

describe('command', () => {
  const run = (
    argv: readonly string[],
    more: Partial<Extract<SourceSpec, { source: 'command' }>> = {},
  ): SourceSpec => ({
    ...base,
    source: 'command',
    argv: argv.map(template),
    cwd: null,
    env: {},
    format: 'json',
    select: null,
    ...more,
  });

  it('reads JSON from standard output, without a shell between', async () => {
    const { rows } = await fetch(run(['/usr/bin/printf', '%s', '[{"a":"$HOME `id`"}]']));
    assert.deepEqual(rows, [{ a: '$HOME `id`' }]);
  });
  it('reads CSV, every cell as text', async () => {
    const { rows } = await fetch(run(['/bin/echo', 'id,name\n007,"a, b"'], { format: 'csv' }));
    assert.deepEqual(rows, [{ id: '007', name: 'a, b' }]);
  });
  it('sees only the environment that was named', async () => {
    const { rows } = await fetch(
      run(['/bin/sh', '-c', 'echo "{\\"k\\":\\"$KEY\\",\\"p\\":\\"$FEISHU_APP_SECRET\\"}"'], {
        env: { KEY: template('v') },
      }),
    );
    assert.deepEqual(rows, [{ k: 'v', p: '' }]);
  });
  it('another exit status is an error with the last words', () =>
    assert.rejects(fetch(run(['/bin/sh', '-c', 'echo no table >&2; exit 3'])), /ended with 3: no table/));
  it('a missing program has a name', () => rejects(run(['/no/such/program']), 'command-missing'));
  it('a missing folder is not taken for a missing program', () =>
    rejects(run(['/bin/true'], { cwd: join(folder, 'nowhere') }), 'no-folder'));
  it('a name that is none is an error, too', () => rejects(run(['']), 'command-failed'));
  it('a time-out does not wait for a grandchild that left its group', () =>
    rejects(run(['/bin/sh', '-c', 'setsid sleep 3 & sleep 60'], { timeout: 200 }), 'timed-out', true));
  it('an interruption may pass', async () => {
    const spec = run(['/bin/true']);
    const interrupted = fetchSource(spec, { ...context, signal: AbortSignal.abort() });
    await assert.rejects(interrupted, (error: { code: string }) => error.code === 'interrupted' && isTransient(error));
  });
  it('a time-out ends its children, too', async () => {
    const file = join(folder, 'child');
    await rejects(run(['/bin/sh', '-c', `sleep 60 & echo $! > ${file}; wait`], { timeout: 500 }), 'timed-out', true);
    const child = Number(readFileSync(file, 'utf8'));
    await until(
      'the child is gone',
      () => !existsSync(`/proc/${child}`) || /State:\tZ/.test(readFileSync(`/proc/${child}/status`, 'utf8')),
    );
  });
});

it('rows stand in the job itself', async () => {
  assert.deepEqual(await fetch({ ...base, source: 'rows', rows: [{ a: 1 }, { b: 'x' }] }), {
    columns: ['a', 'b'],
    rows: [
      { a: 1, b: null },
      { a: null, b: 'x' },
    ],
  });
});
