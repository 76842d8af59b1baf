import { type FileType, fileType } from '../base/file-type.ts';

/** What browsers show of what Feishu takes. */
const MEDIA_TYPES: Readonly<Partial<Record<FileType, string>>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};

/** A picture's bytes as an address that needs no network; null for what is no picture that browsers show. */
export const pictureUrl = (bytes: Uint8Array): string | null => {
  const type = fileType(bytes);
  const media = type === null ? undefined : MEDIA_TYPES[type];
  if (media === undefined) return null;
  return `data:${media};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
};
