import { choicesIn } from '../model/card.ts';
import type { Problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import { checkConditions } from '../run/condition.ts';

/** Whether the conditions of these jobs can be read: `when`, and those that colours depend on. */
export const checkJobConditions = (jobs: readonly Job[]): Promise<Problem[]> =>
  checkConditions(
    jobs.flatMap(({ when, message }) => [
      ...(when === null ? [] : [when]),
      ...(message.kind === 'card' ? choicesIn(message.card) : []),
    ]),
  );
