import { resolve } from 'node:path';
import { digest } from '../base/ids.ts';
import type { ImageKey } from '../card/making.ts';
import type { Dataset, Json } from '../model/dataset.ts';
import { failure, LarkcronError, type Place } from '../model/errors.ts';
import type { SourceContext } from '../source/source.ts';
import { sourceWords } from '../source/words.ts';
import { datasetPicture } from './dataset-picture.ts';
import { checkedUpload, type FileToUpload, MOST_BYTES, mustBeImage, readUpload } from './files.ts';

type Reach = Pick<SourceContext, 'http' | 'proxyFor' | 'signal' | 'directory'>;

const TIMEOUT = 20_000;

export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/** The file's name at the end of an address. */
const nameIn = (url: string): string => {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return last === '' ? 'image' : last;
};

const placed = (error: unknown, at: Place | null): unknown =>
  error instanceof LarkcronError && error.problems.length === 0
    ? new LarkcronError(error.code, error.explanation, {
        status: error.status,
        problems: [{ ...error.explanation, code: error.code, severity: 'error', at, path: null }],
      })
    : error;

/** A picture from the web: status 1 when it cannot be had (perhaps later), 2 when it is none. Redirects are not followed. */
const download = async (url: string, at: Place | null, { http, proxyFor, signal }: Reach): Promise<FileToUpload> => {
  const shown = url.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
  if (!URL.canParse(url)) throw failure(sourceWords, 'http-unreachable', { url: shown, why: 'URL' });
  const answer = await http.request({
    method: 'GET',
    url,
    headers: { accept: 'image/*' },
    connectTimeout: TIMEOUT / 2,
    totalTimeout: TIMEOUT,
    maxBytes: MOST_BYTES.image,
    proxy: proxyFor(url),
    signal,
  });
  if (answer.is === 'lost' && answer.tooLarge) throw failure(sourceWords, 'too-large', { limit: '10 MB' });
  if (answer.is !== 'answer') throw failure(sourceWords, 'http-unreachable', { url: shown, why: answer.why });
  if (answer.status < 200 || answer.status > 299)
    throw failure(sourceWords, 'http-status', { url: shown, status: answer.status, body: '' });
  mustBeImage(answer.body, shown, at);
  return checkedUpload('image', nameIn(url), answer.body, at);
};

/** A picture that is to be sent, from a path (relative to larkcron.yaml) or a web address. */
export const readPicture = async (
  where: string,
  { name, at }: { name: string | null; at: Place | null },
  reach: Reach,
): Promise<FileToUpload> => {
  if (!isWebAddress(where)) return readUpload('image', resolve(reach.directory, where), { name, at });
  try {
    const file = await download(where, at, reach);
    return name === null ? file : { ...file, name };
  } catch (error) {
    throw placed(error, at);
  }
};

/** Gathers the pictures of a card while it is compiled, and has those of the web fetched afterwards. */
export const picturesOf = (reach: Reach, data: Readonly<Record<string, Dataset>>) => {
  const files: FileToUpload[] = [];
  const wanted = new Map<string, { readonly url: string; readonly at: Place | null }>();
  const keep = (file: FileToUpload): string => {
    if (!files.some(({ standIn }) => standIn === file.standIn)) files.push(file);
    return file.standIn;
  };
  const keyOf: ImageKey = (path, at) => {
    if (typeof path !== 'string') return keep(datasetPicture(path, null, data));
    if (!isWebAddress(path)) return keep(readUpload('image', resolve(reach.directory, path), { name: null, at }));
    const key = `img_larkcron_web_${digest([path], 40)}`;
    wanted.set(key, { url: path, at });
    return key;
  };
  /** The card with every picture's stand-in, and the files behind them. */
  const settled = async (card: Json): Promise<{ readonly card: Json; readonly files: readonly FileToUpload[] }> => {
    if (wanted.size === 0) return { card, files };
    const fetched = await Promise.all(
      [...wanted].map(async ([key, { url, at }]) => [key, await readPicture(url, { name: null, at }, reach)] as const),
    );
    const text = fetched.reduce((json, [key, file]) => json.replaceAll(key, keep(file)), JSON.stringify(card));
    return { card: JSON.parse(text) as Json, files };
  };
  return { keyOf, settled };
};
