import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, relative } from 'node:path';
import { failure } from '../../model/errors.ts';
import type { Lang } from '../../model/text.ts';
import { VERSION } from '../../version.ts';
import { schemaOf } from '../commands/schema.ts';
import { COMMON, type Example } from './examples.ts';
import { type StagedJobs, stagedJobs } from './staged-jobs.ts';
import { initWords } from './words.ts';

/** A whole project in a folder of its own, before anybody was asked anything: without .env, recipients not yet named. */
export interface Stage {
  readonly folder: string;
  /** the job that is best tried first: the one of the example's name, else the first */
  readonly firstJob: { readonly name: string; readonly quiet: boolean };
  readonly uses: StagedJobs['uses'];
  remove(): void;
}

const stem = (file: string): string => basename(file, extname(file));

/** The example's files; what a try of it in its own folder left behind stays there. */
const copyExample = (from: Example, to: string): void =>
  cpSync(from.folder, to, {
    recursive: true,
    filter: (path) =>
      !['.larkcron', '.env', 'typescript'].includes(relative(from.folder, path).split(/[\\/]/)[0] ?? ''),
  });

/** A job in TypeScript takes the place of the YAML one of its name; the editor needs a tsconfig and the package's types. */
const useTypescript = (typescript: string, folder: string): void => {
  const written = readdirSync(typescript).map(stem);
  for (const file of readdirSync(join(folder, 'jobs')))
    if (written.includes(stem(file))) rmSync(join(folder, 'jobs', file));
  cpSync(typescript, join(folder, 'jobs'), { recursive: true });
  cpSync(join(COMMON, 'typescript'), folder, { recursive: true });
  const manifest = {
    private: true,
    type: 'module',
    devDependencies: { larkcron: `^${VERSION}`, '@types/node': '^24', typescript: '^6' },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const ignored = join(folder, '.gitignore');
  writeFileSync(ignored, `${readFileSync(ignored, 'utf8')}node_modules/\n`);
};

/** Editors complete and check what has this line on top, by a schema that stands in the project itself. */
const withSchemas = (folder: string): void => {
  mkdirSync(join(folder, 'schemas'), { recursive: true });
  for (const kind of ['job', 'settings'])
    writeFileSync(join(folder, 'schemas', `${kind}.json`), `${JSON.stringify(schemaOf(kind), null, 2)}\n`);
  const point = (file: string, schema: string): void => {
    const path = join(folder, file);
    writeFileSync(path, `# yaml-language-server: $schema=${schema}\n${readFileSync(path, 'utf8')}`);
  };
  point('larkcron.yaml', 'schemas/settings.json');
  for (const file of readdirSync(join(folder, 'jobs')))
    if (/\.ya?ml$/.test(file)) point(join('jobs', file), '../schemas/job.json');
};

const LAST_WORDS = 500;

/** The example brings its own data: a script that anyone can read and run again. */
const makeData = (folder: string): Promise<void> => {
  const script = join(folder, 'make-data.mjs');
  if (!existsSync(script)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-LAST_WORDS);
    });
    const fail = (why: string): void => reject(failure(initWords, 'data-failed', { why }));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => (code === 0 ? resolve() : fail(said.trim() || `exit ${code}`)));
  });
};

const temporaryFolder = (): string => {
  try {
    return realpathSync(mkdtempSync(join(tmpdir(), 'larkcron-init-'))); // modules are known by their real path
  } catch (cause) {
    const why = (cause as Error).message;
    throw failure(initWords, 'folder-unwritable', { folder: tmpdir(), why }, { status: 1, cause });
  }
};

/** Makes the project in a temporary folder, data and all: what cannot be made is known before anybody is asked. */
export const stageProject = async (
  example: Example,
  { typescript, lang }: { typescript: boolean; lang: Lang },
): Promise<Stage> => {
  const folder = temporaryFolder();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    copyExample(example, folder);
    // npm leaves .gitignore files out of packages, so it travels under another name
    renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
    if (typescript && example.typescript !== null) useTypescript(example.typescript, folder);
    withSchemas(folder);
    cpSync(join(COMMON, lang === 'zh' ? 'AGENTS.zh-CN.md' : 'AGENTS.md'), join(folder, 'AGENTS.md'));
    await makeData(folder);
    const jobs = readdirSync(join(folder, 'jobs')).map(stem).sort();
    const name = jobs.includes(example.name) ? example.name : (jobs[0] ?? '');
    const { uses, quietAtFirst } = stagedJobs(folder);
    return { folder, remove, firstJob: { name, quiet: quietAtFirst.has(name) }, uses };
  } catch (error) {
    remove();
    throw error;
  }
};
