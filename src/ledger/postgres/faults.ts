import { shownUrl } from '../../base/shown-url.ts';
import { failure, LarkcronError } from '../../model/errors.ts';
import { ledgerWords } from '../words.ts';

/** The network's words, and the server's SQLSTATE of a connection that is gone, a server that stops, starts or is full. */
const AWAY = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|08|53|57P|25P03|25P04)/;
/** A transaction that was given up for others' sake, or took too long: nothing of it is kept. */
const GIVEN_UP = /^(40|55P03|57014)/;
const REFUSED = /^(28|3D000|42501|EACCES)/;
/** Its tables, or its schema. */
const GONE = /^(42P01|3F000)/;
/** OpenSSL's and Node's names of what is wrong with a certificate; a file of one that cannot be read. */
const UNTRUSTED = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|ENOENT)/;
/** The driver's own words, without a code. */
const NO_TLS = /does not support SSL/;

/** A standby, until it is promoted. */
const STANDBY = /in a read-only transaction|during recovery/;
/** PgBouncer's own words, under the SQLSTATE of a broken connection. */
const NO_TRANSACTIONS = /statement pooling mode/;

/** A Unix socket is a file that comes and goes with the server. */
const noSocket = (error: unknown): boolean =>
  codeOf(error) === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'connect';

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';
const wordsOf = (error: unknown): string => (error as Error).message || codeOf(error);

/** Whether it may be otherwise in a moment: the server cannot be reached, or gave a transaction up. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof LarkcronError) &&
  !NO_TRANSACTIONS.test((error as Error).message) &&
  (AWAY.test(codeOf(error)) ||
    GIVEN_UP.test(codeOf(error)) ||
    noSocket(error) ||
    STANDBY.test((error as Error).message) ||
    /timeout|terminated|Connection ended|not queryable|establishing an SSL/i.test((error as Error).message));

/** The server's own failures become sentences; everything else passes. */
export const explained = (error: unknown, url: string): unknown => {
  const where = shownUrl(url);
  const why = wordsOf(error);
  if (error instanceof LarkcronError) return error;
  if (NO_TRANSACTIONS.test(why))
    return failure(ledgerWords, 'pool-of-statements', { where }, { cause: error, status: 2 });
  if (REFUSED.test(codeOf(error)))
    return failure(ledgerWords, 'ledger-refused', { where, why }, { cause: error, status: 2 });
  if (UNTRUSTED.test(codeOf(error)) || NO_TLS.test(why))
    return failure(ledgerWords, 'ledger-tls', { where, why }, { cause: error, status: 2 });
  if (GONE.test(codeOf(error))) return failure(ledgerWords, 'ledger-gone', { file: where }, { cause: error });
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) && !codeOf(error).startsWith('23') && !codeOf(error).startsWith('42')
    ? failure(ledgerWords, 'ledger-unusable', { file: where, why }, { cause: error })
    : error;
};

export const away = (error: unknown, url: string, seconds: number): LarkcronError =>
  failure(ledgerWords, 'ledger-away', { where: shownUrl(url), why: wordsOf(error), seconds }, { cause: error });

/** One line for whoever waits. */
export const whyAway = (error: unknown): string => wordsOf(error);
