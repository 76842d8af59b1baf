import { failure, type LarkcronError } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';

/** 11 and 26: what is in the file is no sound database. */
const isDamage = (error: Error): boolean => [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) % 256);

/** A file that SQLite cannot work with, in a sentence: what to do is another thing where it is damaged. */
export const unusableFailure = (file: string, error: Error): LarkcronError =>
  failure(
    ledgerWords,
    isDamage(error) ? 'ledger-damaged' : 'ledger-unusable',
    { file, why: error.message },
    { cause: error },
  );
