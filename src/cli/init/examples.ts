import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { cliWords } from '../words.ts';
import { initWords } from './words.ts';

/** Beside the program: ../examples of the bundle, ../../../examples of the source. */
const FOLDER = ['../examples/', '../../../examples/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** What every project gets, whatever its example. */
export const COMMON = join(FOLDER ?? '', '_project');

export interface Example {
  readonly name: string;
  readonly folder: string;
  /** where its jobs in TypeScript are; null: it has none */
  readonly typescript: string | null;
}

const examples = (): readonly Example[] => {
  const folder = FOLDER ?? '';
  const names = FOLDER === undefined ? [] : readdirSync(folder).sort();
  return names
    .filter((name) => existsSync(join(folder, name, 'larkcron.yaml')))
    .map((name) => {
      const typescript = join(folder, name, 'typescript');
      return { name, folder: join(folder, name), typescript: existsSync(typescript) ? typescript : null };
    });
};

/** The example of that name. Throws `unknown-example`, and `no-typescript` where that is asked of one without it. */
export const exampleOf = (name: string, { typescript }: { typescript: boolean }): Example => {
  const all = examples();
  const known = all.map((each) => each.name);
  const example = all.find((each) => each.name === name);
  if (example === undefined)
    throw failure(cliWords, 'unknown-example', { name, suggestion: nearest(name, known), known }, { status: 2 });
  if (typescript && example.typescript === null) {
    const written = all.filter((each) => each.typescript !== null).map((each) => each.name);
    throw failure(initWords, 'no-typescript', { example: name, known: written }, { status: 2 });
  }
  return example;
};
