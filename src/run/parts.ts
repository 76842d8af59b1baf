import { resolve } from 'node:path';
import type { Scope } from '../card/scope.ts';
import { fill } from '../card/template.ts';
import { cardWords } from '../card/words.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import type { Content } from '../model/delivery.ts';
import { LarkcronError, type Place, type Problem, problem } from '../model/errors.ts';
import type { AttachSpec } from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import { csvFile } from './csv-file.ts';
import { checkedUpload, type FileToUpload, readUpload } from './files.ts';
import { pictureAt } from './picture-at.ts';
import type { readPicture } from './pictures.ts';

/** One message of a run: the first is the message itself, the others are attached. */
export interface Part {
  readonly kind: string;
  /** with a stand-in for the key of each file that is not uploaded yet */
  readonly content: Content;
  readonly card: Json | null;
  readonly files: readonly FileToUpload[];
}

export const filePart = (file: FileToUpload): Part => ({
  kind: file.as,
  content: { msgType: file.as, body: JSON.stringify({ [`${file.as}_key`]: file.standIn }) },
  card: null,
  files: [file],
});

export const unknownDataset = (name: string, known: readonly string[], at: Place | null): Problem =>
  problem(cardWords, 'unknown-dataset', { name, known, suggestion: nearest(name, known) }, { at });

export interface Made {
  readonly data: Readonly<Record<string, Dataset>>;
  readonly scope: Scope;
  /** paths are relative to larkcron.yaml, pictures may be on the web */
  readonly reach: Parameters<typeof readPicture>[2];
}

/** What is attached, each a part of its own. Throws with status 2 for a file or a dataset that is not there. */
export const attachedPart = async (spec: AttachSpec, { data, scope, reach }: Made): Promise<Part> => {
  const { at } = spec;
  const name = spec.name === null ? null : fill(spec.name, 'plain', scope);
  if (spec.attach === 'image') return filePart(await pictureAt(spec.path, { name, at }, { data, scope, reach }));
  if (spec.attach === 'file') {
    const where = fill(spec.path, 'plain', scope);
    return filePart(readUpload('file', resolve(reach.directory, where), { name, at }));
  }
  const datasetNamed = (wanted: string): Dataset => {
    const dataset = Object.hasOwn(data, wanted) ? data[wanted] : undefined;
    if (dataset !== undefined) return dataset;
    const found = unknownDataset(wanted, Object.keys(data), at);
    throw new LarkcronError(found.code, found, { status: 2, problems: [found] });
  };
  if (spec.attach === 'csv') {
    const bytes = await csvFile(datasetNamed(spec.dataset));
    return filePart(checkedUpload('file', name ?? `${spec.dataset}.csv`, bytes, at));
  }
  const { xlsxFile } = await import('./xlsx-file.ts');
  const sheets = Object.fromEntries(spec.datasets.map((each) => [each, datasetNamed(each)]));
  return filePart(checkedUpload('file', name ?? `${spec.datasets[0]}.xlsx`, await xlsxFile(sheets), at));
};
