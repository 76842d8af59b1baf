/** What a file is by its first bytes; null: none of those that are told apart here. `zip` and `ole` hold office files. */
export type FileType =
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'ico'
  | 'tiff'
  | 'heic'
  | 'pdf'
  | 'mp4'
  | 'opus'
  | 'zip'
  | 'ole';

/** Signatures as hex, the more particular ones first (ISO 14496-12 for `ftyp`, RFC 7845 for Opus in Ogg). */
const SIGNATURES: readonly (readonly [RegExp, FileType])[] = [
  [/^89504e470d0a1a0a/, 'png'],
  [/^ffd8ff/, 'jpeg'],
  [/^47494638/, 'gif'],
  [/^52494646.{8}57454250/, 'webp'],
  [/^424d/, 'bmp'],
  [/^00000100/, 'ico'],
  [/^(49492a00|4d4d002a)/, 'tiff'],
  [/^.{8}66747970(686569|6d696631|6d736631)/, 'heic'],
  [/^.{8}66747970/, 'mp4'],
  [/^25504446/, 'pdf'],
  [/^4f676753.{48}4f70757348656164/, 'opus'],
  [/^504b0304/, 'zip'],
  [/^d0cf11e0a1b11ae1/, 'ole'],
];

export const fileType = (bytes: Uint8Array): FileType | null => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString('hex');
  return SIGNATURES.find(([pattern]) => pattern.test(head))?.[1] ?? null;
};

/** The formats that im-v1/image/create takes, by their media types. */
const IMAGES: Readonly<Partial<Record<FileType, string>>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  tiff: 'image/tiff',
  heic: 'image/heic',
};

/** The media type of a picture that Feishu takes; null for anything else. */
export const imageType = (bytes: Uint8Array): string | null => {
  const type = fileType(bytes);
  return type === null ? null : (IMAGES[type] ?? null);
};

export const isImage = (bytes: Uint8Array): boolean => imageType(bytes) !== null;
