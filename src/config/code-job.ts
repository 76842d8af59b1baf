import { readFileSync, realpathSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { codeFault } from './code-fault.ts';
import { nodeOfCode, placesInCode } from './code-node.ts';
import { readJob } from './jobs.ts';
import type { Node } from './node.ts';
import type { SettingsFile } from './settings.ts';
import type { Reading } from './shape.ts';
import { configWords } from './words.ts';

/** What `import … from 'larkcron'` gives a job: this very program. */
const OURS = import.meta.url.endsWith('.ts')
  ? new URL('../index.ts', import.meta.url)
  : new URL('./index.js', import.meta.url);

const projects = new Set<string>();

/** TypeScript under a project's folder is a module, whatever a package.json beside it says. */
const isOfProject = (written: string): boolean => {
  const url = written.replace(/\?.*$/, '');
  if (!/^file:.*\.ts$/.test(url)) return false;
  const file = fileURLToPath(url);
  return (
    [...projects].some((directory) => file.startsWith(directory + sep)) && !file.includes(`${sep}node_modules${sep}`)
  );
};

let version = 0;

/** Node.js keeps a module by its address for as long as the process lives: after this, files are read anew. */
export const readCodeAnew = (): void => {
  version++;
};
const asOfNow = (url: string): string => (version === 0 ? url : `${url.replace(/\?.*$/, '')}?v=${version}`);

/** A module that does nothing but pass a job on: what it imports is a module, where what is required may not be one. */
const ENTRY = 'larkcron-job:';

let hooked = false;
const hook = (): void => {
  if (hooked) return;
  hooked = true;
  module.registerHooks({
    resolve: (specifier, context, next) => {
      const from = context.parentURL ?? '';
      if (specifier.startsWith(ENTRY)) return { url: specifier, format: 'module', shortCircuit: true };
      if (from.startsWith(ENTRY)) return { url: specifier, format: 'module-typescript', shortCircuit: true };
      if (specifier === 'larkcron' && isOfProject(from)) return { url: OURS.href, shortCircuit: true };
      const found = next(specifier, context);
      return isOfProject(found.url) ? { ...found, url: asOfNow(found.url), format: 'module-typescript' } : found;
    },
    load: (url, context, next) =>
      url.startsWith(ENTRY)
        ? {
            format: 'module',
            source: `import * as job from ${JSON.stringify(url.slice(ENTRY.length))}; export { job };`,
            shortCircuit: true,
          }
        : next(url, context),
  });
};

/**
 * A TypeScript job as the tree that the settings are read from; null after a problem was pushed. Node.js strips the
 * types; nothing is compiled. What it exports by default is the job. A process reads a file once, until `readCodeAnew`.
 */
export const nodeOfJobFile = (file: string, { problems }: Pick<Reading, 'problems'>): Node | null => {
  const directory = dirname(dirname(file));
  // Node.js knows modules by their real path, also where the project is reached by a link (/opt/reports/current)
  projects.add(directory).add(realpathSync(directory));
  hook();
  const top = { file, line: 1, column: 1 };
  let exported: unknown;
  try {
    const entry = createRequire(import.meta.url)(ENTRY + asOfNow(pathToFileURL(file).href)) as {
      job: { default?: unknown };
    };
    exported = entry.job.default;
  } catch (error) {
    problems.push(codeFault(error, file, top));
    return null;
  }
  if (typeof exported !== 'object' || exported === null) {
    problems.push(problem(configWords, 'no-default-export', undefined, { at: top }));
    return null;
  }
  const placeOf = placesInCode(readFileSync(file, 'utf8'), file);
  return nodeOfCode(exported, [], { placeOf, isData: false, rows: new Map() });
};

/** A job that a program hands over, read as one in a file would be; null after a problem was pushed. */
export const jobOfInput = (input: { readonly name: string }, of: SettingsFile, reading: Reading): Job | null => {
  const { name, ...job } = input;
  const file = join(of.settings.directory, 'jobs', `${name}.ts`);
  const node = nodeOfCode(job, [], { placeOf: () => null, isData: false, rows: new Map() });
  return readJob(node, { name, file }, of, reading);
};
