import { type Delivery, newest } from '../model/delivery.ts';
import { hasEnded, type Run } from '../model/run.ts';
import type { ExitStatus } from './command.ts';

const RANK: readonly ExitStatus[] = [0, 3, 1, 2, 70];

/** Of several: 70 > 2 > 1 > 3 > 0. */
export const worst = (statuses: readonly ExitStatus[]): ExitStatus =>
  statuses.reduce<ExitStatus>((bad, status) => (RANK.indexOf(status) > RANK.indexOf(bad) ? status : bad), 0);

/** What a run's end means for whoever started the program. */
export const statusOf = (run: Run): ExitStatus => {
  if (!hasEnded(run.state) || run.state === 'unknown') return 3;
  if (run.state === 'delivered' || run.state === 'skipped') return 0;
  return run.reason?.code === 'bad-settings' ? 2 : 1;
};

/** The same, with a look at its deliveries: part of them unsure and none refused is 3, not 1. */
export const statusWith = (run: Run, deliveries: readonly Delivery[]): ExitStatus => {
  const unsure =
    run.state === 'partial' && newest(deliveries).every(({ state }) => state === 'delivered' || state === 'unknown');
  return unsure ? 3 : statusOf(run);
};
