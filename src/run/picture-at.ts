import type { Scope } from '../card/scope.ts';
import { fill } from '../card/template.ts';
import type { ImageSource } from '../model/card.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Place } from '../model/errors.ts';
import { datasetPicture } from './dataset-picture.ts';
import type { FileToUpload } from './files.ts';
import { readPicture } from './pictures.ts';

/** The picture that a message or an attachment names: of a dataset, a file, or the web. */
export const pictureAt = async (
  source: ImageSource,
  named: { readonly name: string | null; readonly at: Place | null },
  made: {
    readonly data: Readonly<Record<string, Dataset>>;
    readonly scope: Scope;
    readonly reach: Parameters<typeof readPicture>[2];
  },
): Promise<FileToUpload> =>
  'from' in source
    ? datasetPicture(source, named.name, made.data)
    : readPicture(fill(source, 'plain', made.scope), named, made.reach);
