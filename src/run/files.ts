import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isImage } from '../base/file-type.ts';
import { digest } from '../base/ids.ts';
import { LarkcronError, type Place, type Problem, problem } from '../model/errors.ts';
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
export const MOST_BYTES = { image: 10 * MB, file: 30 * MB } as const;

const fileToUpload = (as: FileToUpload['as'], name: string, bytes: Uint8Array): FileToUpload => {
  const hash = digest([as, as === 'file' ? name : '', Buffer.from(bytes).toString('base64')], 40);
  return { as, name, bytes, standIn: `${as === 'image' ? 'img' : 'file'}_larkcron_${hash}` };
};

type Fault = {
  readonly code: 'upload-unreadable' | 'upload-empty' | 'upload-size' | 'upload-no-image';
  readonly why: string;
};

const sizeFault = (size: number, as: FileToUpload['as']): Fault | null => {
  if (size === 0) return { code: 'upload-empty', why: '' };
  return size > MOST_BYTES[as] ? { code: 'upload-size', why: '' } : null;
};

const HEAD = 64;

/** Why a file cannot be sent: its size and its first bytes are looked at, the rest is not read. Null: it can. */
export const fileFault = (path: string, as: FileToUpload['as']): Fault | null => {
  try {
    const { size } = statSync(path);
    const wrong = sizeFault(size, as);
    if (wrong !== null) return wrong;
    if (as === 'file') return null;
    const file = openSync(path, 'r');
    const head = Buffer.alloc(HEAD);
    readSync(file, head);
    closeSync(file);
    return isImage(head) ? null : { code: 'upload-no-image', why: '' };
  } catch (error) {
    return { code: 'upload-unreadable', why: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
};

/** A finding about a file, as check and a run say it. */
export const fileProblem = ({ code, why }: Fault, file: string, as: FileToUpload['as'], at: Place | null): Problem =>
  problem(runWords, code, { file, why, limit: `${MOST_BYTES[as] / MB} MB` }, { at });

const refuse = (found: Problem): LarkcronError =>
  new LarkcronError(found.code, found, { status: 2, problems: [found] });

/** Refuses bytes that are no image by their first ones: `upload-no-image` (status 2). */
export const mustBeImage = (bytes: Uint8Array, file: string, at: Place | null): void => {
  if (!isImage(bytes)) throw refuse(fileProblem({ code: 'upload-no-image', why: '' }, file, 'image', at));
};

/** Bytes of our own making as something to upload. Throws `upload-empty`, `upload-size` (status 2). */
export const checkedUpload = (
  as: FileToUpload['as'],
  name: string,
  bytes: Uint8Array,
  at: Place | null,
): FileToUpload => {
  const wrong = sizeFault(bytes.length, as);
  if (wrong === null) return fileToUpload(as, name, bytes);
  throw refuse(fileProblem(wrong, name, as, at));
};

/** Reads a file that is to be sent. Throws `upload-unreadable`, `upload-empty`, `upload-size`, `upload-no-image` (status 2). */
export const readUpload = (
  as: FileToUpload['as'],
  path: string,
  { name, at }: { name: string | null; at: Place | null },
): FileToUpload => {
  const fault = fileFault(path, as);
  if (fault !== null) throw refuse(fileProblem(fault, path, as, at));
  return checkedUpload(as, name ?? basename(path), readFileSync(path), at);
};
