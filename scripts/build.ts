// Makes dist/: the program bundled by esbuild, split by command, with the migrations and the licences it brings along.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = `${root}dist`;
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  // index.js is what programs import; with the program it shares chunks
  entryPoints: { main: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  // draws charts where there is no browser; who wants that installs it
  external: ['@napi-rs/canvas'],
  // packages that are CommonJS inside ask for `require`
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
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
  ...Object.keys(metafile.inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
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
