// The examples of the card reference: a project of jobs, each made into its card by the product itself.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createHttp } from '../../src/base/http.ts';
import { loadProject } from '../../src/config/load.ts';
import type { Json } from '../../src/model/dataset.ts';
import { isError } from '../../src/model/errors.ts';
import type { Job } from '../../src/model/job.ts';
import { NO_MEMORY } from '../../src/model/memory.ts';
import type { Preparation } from '../../src/run/gather.ts';
import type { Part } from '../../src/run/parts.ts';
import { prepare } from '../../src/run/prepare.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';

export const FOLDER = fileURLToPath(new URL('../../docs/reference/cards/', import.meta.url));

/** Monday, 5 January 2026, 18:00 in Shanghai: pages are the same whenever they are made. */
const WHEN = Date.UTC(2026, 0, 5, 10);

export interface Example {
  readonly name: string;
  readonly yaml: string;
  readonly card: Json;
  readonly parts: readonly Part[];
  readonly warnings: readonly string[];
  /** changes when the card does: a picture that was made of another card is old */
  readonly digest: string;
}

const exampleOf = async (job: Job, by: Preparation): Promise<Example> => {
  const made = await prepare(job, { due: WHEN, run: null, test: false, force: true }, by);
  if (made.is !== 'message') throw new Error(`${job.name} sends nothing`);
  const [part] = made.parts;
  const card = part.card as Json;
  return {
    name: job.name,
    yaml: readFileSync(job.file, 'utf8'),
    card,
    parts: made.parts,
    warnings: made.warnings.map(({ message }) => message.en),
    digest: createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 16),
  };
};

/** Every example, by its name. Throws when one of them cannot be read or breaks a rule. */
export const cardExamples = async (): Promise<ReadonlyMap<string, Example>> => {
  const project = loadProject(`${FOLDER}examples/larkcron.yaml`, {});
  const faults = [...project.problems.values()].flat().filter(isError);
  if (faults.length > 0)
    throw new Error(faults.map(({ message, at }) => `${at?.file}:${at?.line} ${message.en}`).join('\n'));
  const http = createHttp();
  const by: Preparation = {
    fetchSource,
    sourceContext: {
      http,
      env: {},
      directory: project.settings.directory,
      onlyPublic: false,
      askFeishu: async () => {
        throw new Error('there is no Feishu here');
      },
      proxyFor: () => null,
      signal: new AbortController().signal,
      now: () => 0,
      monotonic: () => 0,
      sleep: async () => {},
    },
    timezone: project.settings.timezone,
    now: () => WHEN,
    memory: async () => NO_MEMORY,
    report: () => {},
  };
  try {
    const made = await Promise.all(project.jobs.map((job) => exampleOf(job, by)));
    return new Map(made.map((example) => [example.name, example]));
  } finally {
    http.close();
  }
};
