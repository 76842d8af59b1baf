import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isImage } from '../base/file-type.ts';
import { digest } from '../base/ids.ts';
import { failure, type Place, problem } from '../model/errors.ts';
import { runWords } from './words.ts';

/**
 * A file that a message refers to. The same bytes (and, of a file, the same name) have the same `stand-in`: it stands
 * in the content until the file is uploaded and its key is known.
 */
export interface FileToUpload {
  readonly as: 'image' | 'file';
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly standIn: string;
}

const MB = 1024 * 1024;
/** im-v1/image/create and im-v1/file/create. */
export const UPLOAD_LIMITS = { image: 10 * MB, file: 30 * MB } as const;

export const fileToUpload = (as: FileToUpload['as'], name: string, bytes: Uint8Array): FileToUpload => {
  const hash = digest([as, as === 'file' ? name : '', Buffer.from(bytes).toString('base64')], 40);
  return { as, name, bytes, standIn: `${as === 'image' ? 'img' : 'file'}_larkcron_${hash}` };
};

const refuse = (
  code: 'upload-unreadable' | 'upload-size' | 'upload-no-image',
  p: { file: string; why: string; limit: string },
  at: Place | null,
) => failure(runWords, code, p, { status: 2, problems: [problem(runWords, code, p, { at })] });

/** Why a file cannot be sent, without reading all of it: null when it is there and of a size that Feishu takes. */
export const sizeFault = (path: string, as: FileToUpload['as']): { why: string } | 'size' | null => {
  try {
    const { size } = statSync(path);
    return size === 0 || size > UPLOAD_LIMITS[as] ? 'size' : null;
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
};

/** Bytes as something to upload. Throws `upload-size` and `upload-no-image` (status 2). */
export const checkedUpload = (
  as: FileToUpload['as'],
  name: string,
  bytes: Uint8Array,
  at: Place | null,
): FileToUpload => {
  const p = { file: name, why: '', limit: `${UPLOAD_LIMITS[as] / MB} MB` };
  if (bytes.length === 0 || bytes.length > UPLOAD_LIMITS[as]) throw refuse('upload-size', p, at);
  if (as === 'image' && !isImage(bytes)) throw refuse('upload-no-image', p, at);
  return fileToUpload(as, name, bytes);
};

/** Reads a file that is to be sent; its size is looked at before it is read. Throws `upload-unreadable` and the above. */
export const readUpload = (
  as: FileToUpload['as'],
  path: string,
  { name, at }: { name: string | null; at: Place | null },
): FileToUpload => {
  const fault = sizeFault(path, as);
  const p = { file: path, why: '', limit: `${UPLOAD_LIMITS[as] / MB} MB` };
  if (fault === 'size') throw refuse('upload-size', p, at);
  if (fault !== null) throw refuse('upload-unreadable', { ...p, why: fault.why }, at);
  return checkedUpload(as, name ?? basename(path), readFileSync(path), at);
};
