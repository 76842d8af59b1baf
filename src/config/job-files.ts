import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Project } from './load.ts';

/** As many letters of a hash as tell two versions of one file apart. */
const LETTERS = 16;

/** A hash of each job file as it is now, by job; of one that cannot be read an empty text. What a file names is not looked into. */
export const hashJobFiles = ({ jobFiles }: Pick<Project, 'jobFiles'>): ReadonlyMap<string, string> =>
  new Map(
    [...jobFiles].map(([name, path]) => {
      try {
        return [name, createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, LETTERS)];
      } catch {
        return [name, ''];
      }
    }),
  );
