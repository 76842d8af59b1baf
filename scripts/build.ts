// Makes dist/: the program bundled by rolldown, split by command, with the migrations and the licences it brings along.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { buildPages } from './build-pages.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = `${root}dist`;
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

/** What a push loads beside what it imports itself: where code is asked for when it is needed. */
const PUSH = [
  'src/cli/commands/run.ts',
  'src/app.ts',
  'src/source/sql.ts',
  'src/source/sql-sqlite.ts',
  'src/run/condition.ts',
  'src/shaping/shape-dataset.ts',
  'src/card/fit/fit.ts',
].map((file) => `${root}${file}`);
const MAIN = `${root}src/cli/main.ts`;

type Modules = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null };
/** The modules with all that they import, and that imports in turn. */
const closureOf = (entries: readonly string[], modules: Modules): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const each of modules.getModuleInfo(id)?.importedIds ?? []) visit(each);
  };
  for (const entry of entries) visit(entry);
  return found;
};

let groups: readonly (readonly [name: string, modules: ReadonlySet<string>])[] | undefined;
/** A file costs a start about half a millisecond, however small: what every command loads is one, what a push loads is one. */
const groupOf = (id: string, modules: Modules): string | null => {
  groups ??= [
    ['base', closureOf([MAIN], modules)],
    ['push', closureOf(PUSH, modules)],
  ];
  // main.ts waits for the command it has loaded: in a file that commands import it would wait for itself
  return id === MAIN ? null : (groups.find(([, each]) => each.has(id))?.[0] ?? null);
};

const { output } = await build({
  cwd: root,
  // index.js is what programs import; with the program it shares chunks
  input: { main: MAIN, index: 'src/index.ts' },
  platform: 'node',
  // draws charts where there is no browser; who wants that installs it
  external: ['@napi-rs/canvas'],
  // one file a group is what is asked for
  checks: { ineffectiveDynamicImport: false },
  output: {
    dir: dist,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    // names stay: a stack somebody sends us can be read
    minify: { compress: true, mangle: false, codegen: true },
    codeSplitting: { groups: [{ name: groupOf, debugName: 'start' }] },
  },
});
const pages = await buildPages(`${dist}/ui`);
for (const engine of ['sqlite', 'postgres'])
  cpSync(`${root}src/ledger/${engine}/migrations`, `${dist}/migrations`, { recursive: true });
// read when a page with charts is drawn, and put into it as it is
cpSync(`${root}node_modules/@visactor/vchart/build/index.min.js`, `${dist}/vchart.cjs`);
cpSync(`${root}scripts/launcher.js`, `${dist}/larkcron.js`);

const ofCharts = (name: string, found: Set<string>): Set<string> => {
  const file = `${root}node_modules/${name}/package.json`;
  if (found.has(name) || !existsSync(file)) return found;
  found.add(name);
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> };
  for (const each of Object.keys(dependencies)) ofCharts(each, found);
  return found;
};

// the types of index.js, one file a module, as the compiler writes them
execFileSync(process.execPath, [
  `${root}node_modules/typescript/bin/tsc`,
  ...['--project', `${root}scripts/tsconfig.types.json`, '--outDir', `${dist}/types`],
]);

/** Every package whose code is inside, with its licence: their terms ask for it. */
const packages = new Set([
  // what VChart's one file holds is known only by what it depends on
  ...ofCharts('@visactor/vchart', new Set()),
  ...[...pages, ...output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))].flatMap(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  ),
]);
const licences = [...packages].sort().map((name) => {
  const folder = `${root}node_modules/${name}`;
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    version: string;
    license: string;
  };
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8')}`;
});
writeFileSync(`${dist}/LICENSES.txt`, licences.join(`\n${'-'.repeat(80)}\n\n`));
