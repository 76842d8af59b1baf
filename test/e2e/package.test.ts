import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const run = (command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): string => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
};

const PROGRAM = `import { type CardFinding, checkCard, createLarkcron, defineJob, markdown } from 'larkcron';
const found: readonly CardFinding[] = checkCard({ schema: '2.0', body: { elements: [{ tag: 'hrr', text: undefined }] } });
const feishu: number | null | undefined = found[0]?.feishu;
// @ts-expect-error a finding has no such property
found[0]?.nope;
defineJob({
  to: 'ou_a',
  data: { stores: async () => [{ name: 'A', sales: 1 }] },
  card: ({ stores }) => ({ body: [{ markdown: markdown\`\${stores.first?.name ?? ''}\` }] }),
});
// @ts-expect-error a store has no such column
defineJob({ to: 'ou_a', data: { stores: () => [{ name: 'A' }] }, text: ({ stores }) => stores.first?.nmae ?? '' });
await createLarkcron().close();
console.log(JSON.stringify([found[0]?.code, found[0]?.path, feishu, checkCard({}).length]));
`;

/** Writes down each file of the package that a program loads. */
const WATCHER = `import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({ load: (url, context, next) => {
  if (url.includes('/package/dist/')) appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
} });
`;

test('the packed package gives checkCard, defineJob, createLarkcron and their types to a program, and a project to init', () => {
  const folder = temporaryFolder();
  run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  const [tarball] = readdirSync(folder);
  run('tar', ['xzf', tarball as string], folder);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(folder, 'package'), join(folder, 'node_modules/larkcron'));
  writeFileSync(join(folder, 'program.mts'), PROGRAM);
  assert.equal(
    run(process.execPath, ['program.mts'], folder).trim(),
    '["card-unknown-tag","body.elements[0]",200621,0]',
  );
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', 'nodenext'];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [tsc, ...options, 'program.mts'], folder);

  // init finds the examples in the package, and its TypeScript project is one for an editor, too
  symlinkSync(join(ROOT, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  const program = join(folder, 'package/dist/larkcron.js');
  run(process.execPath, [program, 'init', 'p', '--yes', '--sandbox', '--typescript'], folder);
  run(process.execPath, [tsc, '--project', 'p'], folder);
  assert.match(run(process.execPath, [program, '-C', 'p', 'run', 'store-dashboard', '--sandbox'], folder), /✓/);

  // each file costs a start half a millisecond: what a push loads lies together
  writeFileSync(join(folder, 'watch.mjs'), WATCHER);
  const loaded = join(folder, 'loaded.txt');
  run(process.execPath, [program, '-C', 'p', 'run', 'store-dashboard', '--dry-run'], folder, {
    LOADED: loaded,
    NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'watch.mjs')).href}`,
  });
  const files = readFileSync(loaded, 'utf8').trim().split('\n');
  assert.ok(files.length > 5 && files.length <= 25, files.join('\n'));
});
