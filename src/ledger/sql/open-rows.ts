/**
 * What the partial index of open deliveries holds, word for word: SQLite uses one only where its very condition stands,
 * and would read a whole history to find the few that wait.
 */
export const OPEN_DELIVERY = "state in ('queued', 'retrying', 'unknown') and settled = 0";
