import { exactly, moment } from '../time.ts';

/** A moment as short as may be; to the second for who points at it. */
export const When = ({ at }: { at: string | null }) =>
  at === null ? (
    '—'
  ) : (
    <time dateTime={at} title={exactly(at)}>
      {moment(at)}
    </time>
  );
