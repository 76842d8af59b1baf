import { fileType } from '../base/file-type.ts';
import { cardWords } from '../card/words.ts';
import type { FromDataset } from '../model/card.ts';
import type { Dataset } from '../model/dataset.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import { checkedUpload, type FileToUpload } from './files.ts';
import { runWords } from './words.ts';

/** A dataset that is there and has no picture. */
export const noPicture = ({ from, at }: FromDataset): Problem =>
  problem(runWords, 'no-picture', { name: from }, { at });

/** The picture that a dataset brought along. Throws `unknown-dataset`, `no-picture` (status 2). */
export const datasetPicture = (
  wanted: FromDataset,
  name: string | null,
  data: Readonly<Record<string, Dataset>>,
): FileToUpload => {
  const { from, at } = wanted;
  const bytes = own(data, from)?.picture;
  if (bytes !== undefined)
    return checkedUpload('image', name ?? `${from}.${fileType(bytes) === 'jpeg' ? 'jpg' : 'png'}`, bytes, at);
  const known = Object.keys(data);
  const found = Object.hasOwn(data, from)
    ? noPicture(wanted)
    : problem(cardWords, 'unknown-dataset', { name: from, known, suggestion: nearest(from, known) }, { at });
  throw new LarkcronError(found.code, found, { status: 2, problems: [found] });
};
