import { type Dataset, datasetOf, type Row } from '../model/dataset.ts';
import { isError, LarkcronError, type Problem, problem } from '../model/errors.ts';
import type { MadeMessage, MessageSpec } from '../model/job.ts';
import type { JobCode } from '../model/job-code.ts';
import { codeFault } from './code-fault.ts';
import { nodeOfCode } from './code-node.ts';
import type { Node } from './node.ts';
import type { Reading } from './shape.ts';
import { configWords } from './words.ts';

/** The keys at which a function is asked at every run; at any other it is asked once, when the job is read. */
export const ASKED = ['when', 'card', 'text', 'raw'] as const;
export type Asked = (typeof ASKED)[number];

export interface Split {
  /** the job without those functions */
  readonly node: Node;
  readonly asked: Readonly<Partial<Record<Asked, JobCode>>>;
}

const isAsked = (key: string): key is Asked => (ASKED as readonly string[]).includes(key);

/** Takes the functions out of a job: those of `data` are read where they stand. */
export const splitCode = (node: Node, file: string, reading: Reading): Split => {
  if (node.kind !== 'map') return { node, asked: {} };
  const asked: Partial<Record<Asked, JobCode>> = {};
  const entries = node.entries.flatMap((entry) => {
    const { key, value } = entry;
    if (value.kind !== 'code') return [entry];
    if (isAsked(key)) {
      asked[key] = { at: value.at, call: value.call };
      return [];
    }
    try {
      const placeOf = () => value.at;
      return [{ ...entry, value: nodeOfCode(value.call({}), [key], { placeOf, isData: false, rows: new Map() }) }];
    } catch (error) {
      reading.problems.push(codeFault(error, file, value.at));
      return [];
    }
  });
  return { node: { ...node, entries }, asked };
};

const refusal = (found: Problem, problems: readonly Problem[] = [found]): LarkcronError =>
  new LarkcronError(found.code, found, { status: 2, problems });

/** A `when` that is a function. What is neither yes nor no is an error. */
export const asking =
  ({ call, at }: JobCode, file: string) =>
  async (seen: unknown): Promise<boolean> => {
    let answer: unknown;
    try {
      answer = await call(seen);
    } catch (error) {
      throw refusal(codeFault(error, file, at));
    }
    if (typeof answer === 'boolean') return answer;
    throw refusal(problem(configWords, 'code-not-boolean', { key: 'when' }, { at }));
  };

/** The message that a function makes at a run. Throws LarkcronError (status 2) for what it throws and for what it returns wrong. */
export const madeMessage = (
  key: Exclude<Asked, 'when'>,
  code: JobCode,
  file: string,
  read: (node: Node, reading: Reading) => MessageSpec | null,
): MadeMessage => ({
  kind: 'made',
  at: code.at,
  make: async (seen) => {
    const problems: Problem[] = [];
    const rows = new Map<string, readonly Row[]>();
    const refused = (): LarkcronError => {
      const found = problems.find(isError) ?? problem(configWords, 'code-nothing', { key }, { at: code.at });
      return refusal(found, problems.length === 0 ? [found] : problems);
    };
    let value: unknown;
    try {
      value = await code.call(seen);
    } catch (error) {
      problems.push(codeFault(error, file, code.at));
      throw refused();
    }
    if (value === undefined || value === null) throw refused();
    const node = nodeOfCode(value, [key], { placeOf: () => code.at, isData: key !== 'raw', rows });
    const message = read(node, { environment: {}, problems, webhooks: new Map() });
    if (message === null || problems.some(isError)) throw refused();
    const data: Record<string, Dataset> = {};
    for (const [name, each] of rows) data[name] = datasetOf(each);
    return { message, data };
  },
});
