import { randomBytes } from 'node:crypto';
import type { Feishu } from './client.ts';
import { explain } from './explain.ts';
import { dataOf, type Reply } from './reply.ts';

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Uploaded = { readonly key: string } | { readonly why: string };

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

const keyIn = (reply: Reply, name: string): Uploaded => {
  if (reply.is !== 'answer') return { why: reply.why };
  const key = dataOf(reply)[name];
  if (reply.code === 0 && typeof key === 'string') return { key };
  const words = reply.code === null ? null : explain({ code: reply.code, http: reply.http, msg: reply.msg }).words.en;
  return {
    why: [`HTTP ${reply.http}`, `code ${reply.code}`, words ?? reply.msg, reply.logId].filter(Boolean).join(' · '),
  };
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

const FILE_TYPES: Readonly<Record<string, string>> = {
  opus: 'opus',
  mp4: 'mp4',
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/** `POST im/v1/files` (im-v1/file/create): at most 30 MB. */
export const uploadFile = async (feishu: Feishu, file: UploadedFile): Promise<Uploaded> => {
  const type = FILE_TYPES[/\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? ''] ?? 'stream';
  return keyIn(
    await feishu.call({
      method: 'POST',
      path: 'im/v1/files',
      form: multipart({ file_type: type, file_name: file.name }, 'file', file),
    }),
    'file_key',
  );
};
