import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createProject } from '../support/project.ts';

for (const page of ['conditions.md', 'conditions.zh-CN.md'])
  it(`the jobs of docs/guide/${page} do what it says`, async (t) => {
    const text = readFileSync(new URL(`../../docs/guide/${page}`, import.meta.url), 'utf8');
    const jobs = Object.fromEntries(
      [...text.matchAll(/^```yaml\n# (jobs\/\S+)\n(.*?)^```$/gms)].map(([, file = '', yaml = '']) => [file, yaml]),
    );
    assert.equal(Object.keys(jobs).length, 4);
    const sandbox = await startSandbox({ port: 0, clock: systemClock, keep: null });
    t.after(() => sandbox.close());
    const project = createProject(jobs, sandbox.url);
    let seen = 0;
    /** what was sent by this run, each as recipient, kind and words */
    const run = async (job: string, file: string, rows: string): Promise<string[]> => {
      project.write(file, rows);
      const { code, stderr, stdout } = await project.larkcron(['run', job]);
      assert.equal(code, 0, stderr + stdout);
      const sent = sandbox.messages().slice(seen);
      seen = sandbox.messages().length;
      return sent.map(({ recipient, msgType, content }) => `${recipient.id} ${msgType} ${content}`);
    };

    await run('prices', 'prices.csv', 'sku,price\na,100\nb,7\n');
    assert.deepEqual(await run('prices', 'prices.csv', 'sku,price\na,100.50\nb,7.00\n'), [], 'within 0.5%');
    const [card, file] = await run('prices', 'prices.csv', 'sku,price\na,100.51\nc,1\n');
    assert.match(card ?? '', /"c1":"a","c2":"100",.*100\.51/s);
    assert.match(file ?? '', /^oc_sales file/);

    const waiting = '[{"waiting": 101}]';
    assert.deepEqual(await run('queue-alarm', 'queue.json', waiting), []);
    assert.match((await run('queue-alarm', 'queue.json', waiting)).join(), /^oc_ops text .*101/);
    assert.deepEqual(await run('queue-alarm', 'queue.json', waiting), [], 'the third says the same');

    await run('sales', 'sales.csv', 'store,amount\nx,10.1\n');
    assert.deepEqual(await run('sales', 'sales.csv', 'store,amount\nx,10.1\n'), []);
    const [next] = await run('sales', 'sales.csv', 'store,amount\nx,10.3\n');
    assert.match(next ?? '', /10\.1".*0\.2/s);

    const own = await run('my-stores', 'stores.csv', 'name,sales,manager\nA,1,ou_1\nB,2,ou_2\nC,3,ou_1\n');
    assert.deepEqual(own.map((each) => each.slice(0, 9)).sort(), ['ou_1 file', 'ou_1 inte', 'ou_2 file', 'ou_2 inte']);
  });
