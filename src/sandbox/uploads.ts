import { imageType } from '../base/file-type.ts';
import { ok, refuse } from './answer.ts';
import { type Part, partsOf } from './multipart.ts';
import type { ApiRequest, Endpoint } from './request.ts';

const MEGABYTE = 1024 * 1024;
const IMAGE_LIMIT = 10 * MEGABYTE;
const FILE_LIMIT = 30 * MEGABYTE;
/** Pictures up to this size are kept to be shown on the page; of larger ones only the key. */
const SHOWN_LIMIT = 2 * MEGABYTE;

const FILE_TYPES: readonly string[] = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

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
