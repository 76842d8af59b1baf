/**
 * What the partial indices of open rows hold, word for word: SQLite uses one only where its very condition stands, and
 * would read a whole history to find the one run that is `pending`. `of`: the alias of the table, with its dot.
 */
export const openRun = (of: '' | 'r.' | 'runs.' = ''): string => `${of}state in ('pending', 'running', 'delivering')`;
export const OPEN_DELIVERY = "state in ('queued', 'retrying', 'unknown') and settled = 0";
