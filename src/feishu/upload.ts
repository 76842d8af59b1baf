import { randomBytes } from 'node:crypto';
import { fileType } from '../base/file-type.ts';
import type { Feishu } from './client.ts';
import { dataOf, type Reply } from './reply.ts';

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Uploaded = { readonly key: string } | Reply;

/** multipart/form-data with some fields and one file. Names go out as UTF-8, quotes and line breaks percent-encoded. */
const multipart = (fields: Readonly<Record<string, string>>, field: string, { name, bytes }: UploadedFile) => {
  const boundary = `larkcron-${randomBytes(12).toString('hex')}`;
  const safe = name.replace(/["\r\n]/g, encodeURIComponent);
  const head = Object.entries(fields).map(
    ([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  const opening = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${safe}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head.join('') + opening), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { bytes: body, type: `multipart/form-data; boundary=${boundary}` };
};

/** The key that Feishu gave, or its reply. */
const keyIn = (reply: Reply, name: string): Uploaded => {
  if (reply.is !== 'answer' || reply.code !== 0) return reply;
  const key = dataOf(reply)[name];
  return typeof key === 'string' && key !== '' ? { key } : { ...reply, lacks: 'no-key' };
};

/** `POST im/v1/images` (im-v1/image/create): at most 10 MB. */
export const uploadImage = async (feishu: Feishu, file: UploadedFile): Promise<Uploaded> =>
  keyIn(
    await feishu.call({
      method: 'POST',
      path: 'im/v1/images',
      form: multipart({ image_type: 'message' }, 'image', file),
    }),
    'image_key',
  );

/** Office files are zip or OLE inside: their name says which. */
const OFFICE: Readonly<Record<string, string>> = {
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/** The `file_type` of im-v1/file/create, by what the file holds. */
export const uploadType = ({ name, bytes }: UploadedFile): string => {
  const type = fileType(bytes);
  if (type === 'pdf' || type === 'mp4' || type === 'opus') return type;
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return type === 'zip' || type === 'ole' ? (OFFICE[ending] ?? 'stream') : 'stream';
};

/** `POST im/v1/files` (im-v1/file/create): at most 30 MB. */
export const uploadFile = async (feishu: Feishu, file: UploadedFile): Promise<Uploaded> =>
  keyIn(
    await feishu.call({
      method: 'POST',
      path: 'im/v1/files',
      form: multipart({ file_type: uploadType(file), file_name: file.name }, 'file', file),
    }),
    'file_key',
  );
