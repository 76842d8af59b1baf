import { failure } from '../model/errors.ts';
import { sourceWords } from './words.ts';

type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

/**
 * A file's text. Without an encoding it is what its byte order mark says, else UTF-8: others are not guessed, since
 * GB18030 takes almost any bytes for text. Throws `bad-encoding`.
 */
export const textOf = (bytes: Uint8Array, encoding: Encoding | null, path: string): string => {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe;
  const used = encoding ?? (marked ? 'utf-16le' : 'utf-8');
  try {
    return new TextDecoder(used, { fatal: true }).decode(bytes);
  } catch (error) {
    throw failure(sourceWords, 'bad-encoding', { path, encoding: used }, { cause: error });
  }
};
