import { imageType } from '../base/file-type.ts';

/** What Feishu takes and no browser shows. */
const UNSEEN: readonly string[] = ['image/tiff', 'image/heic'];

/** A picture's bytes as an address that needs no network; null for what is no picture that browsers show. */
export const pictureUrl = (bytes: Uint8Array): string | null => {
  const media = imageType(bytes);
  if (media === null || UNSEEN.includes(media)) return null;
  return `data:${media};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
};
