import type { Content } from '../model/delivery.ts';
import { failure } from '../model/errors.ts';
import type { Unavailable } from './directory.ts';
import type { FileToUpload } from './files.ts';
import type { Part } from './parts.ts';
import { runWords } from './words.ts';

/** Where files get their keys: once for the same bytes and app. Never throws for what Feishu or the network did. */
export interface Uploads {
  put(app: string, file: FileToUpload): Promise<{ readonly key: string } | Unavailable>;
}

/**
 * A part's content as it will leave: its files uploaded, their keys in place. Throws `upload-later` (the run is tried
 * again) or `upload-refused`.
 */
export const frozen = async ({ content, files }: Part, app: string, uploads: Uploads): Promise<Content> => {
  let { body } = content;
  for (const file of files) {
    const put = await uploads.put(app, file);
    if (!('key' in put))
      throw failure(runWords, put.forNow ? 'upload-later' : 'upload-refused', { file: file.name, why: put.why });
    body = body.replaceAll(file.standIn, put.key);
  }
  return { ...content, body };
};
