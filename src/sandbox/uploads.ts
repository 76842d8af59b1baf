import { ok, refuse } from './answer.ts';
import { type Part, partsOf } from './multipart.ts';
import type { ApiRequest, Endpoint } from './request.ts';

const MEGABYTE = 1024 * 1024;
const IMAGE_LIMIT = 10 * MEGABYTE;
const FILE_LIMIT = 30 * MEGABYTE;
/** Pictures up to this size are kept to be shown on the page; of larger ones only the key. */
const SHOWN_LIMIT = 2 * MEGABYTE;

const FILE_TYPES: readonly string[] = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

/** By its first bytes, as hex: the formats that im-v1/image/create takes. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^47494638/, 'image/gif'],
  [/^52494646.{8}57454250/, 'image/webp'],
  [/^424d/, 'image/bmp'],
  [/^00000100/, 'image/x-icon'],
  [/^(49492a00|4d4d002a)/, 'image/tiff'],
  [/^.{8}66747970(68656963|68656978|6d696631)/, 'image/heic'],
];

const imageType = (bytes: Buffer): string | null => {
  const head = bytes.toString('hex', 0, 16);
  return SIGNATURES.find(([pattern]) => pattern.test(head))?.[1] ?? null;
};

const formOf = (request: ApiRequest): ReadonlyMap<string, Part> =>
  new Map((partsOf(request.contentType, request.body) ?? []).map((part) => [part.name, part]));

const textIn = (form: ReadonlyMap<string, Part>, name: string): string => form.get(name)?.bytes.toString('utf8') ?? '';

/** `POST im/v1/images` (im-v1/image/create): → `image_key`. Its limits on width and height are not looked at. */
export const uploadImage: Endpoint = (request, world) => {
  const form = formOf(request);
  const image = form.get('image');
  if (!/^(message|avatar)$/.test(textIn(form, 'image_type')) || image === undefined) return refuse(234001);
  const size = image.bytes.length;
  if (size === 0) return refuse(234010);
  if (size > IMAGE_LIMIT) return refuse(234006);
  const mediaType = imageType(image.bytes);
  if (mediaType === null) return refuse(234011);
  const key = world.newId('img_sandbox');
  const picture = size <= SHOWN_LIMIT ? image.bytes.toString('base64') : null;
  const name = image.fileName ?? 'image';
  world.record({ event: 'uploaded', upload: { key, app: request.app, kind: 'image', name, size, mediaType, picture } });
  return ok({ image_key: key });
};

/** `POST im/v1/files` (im-v1/file/create): → `file_key`. The bytes themselves are not kept. */
export const uploadFile: Endpoint = (request, world) => {
  const form = formOf(request);
  const file = form.get('file');
  const name = textIn(form, 'file_name');
  if (!FILE_TYPES.includes(textIn(form, 'file_type')) || name === '' || file === undefined) return refuse(234001);
  const size = file.bytes.length;
  if (size === 0) return refuse(234010);
  if (size > FILE_LIMIT) return refuse(234006);
  const key = world.newId('file_sandbox');
  const mediaType = 'application/octet-stream';
  world.record({
    event: 'uploaded',
    upload: { key, app: request.app, kind: 'file', name, size, mediaType, picture: null },
  });
  return ok({ file_key: key });
};
