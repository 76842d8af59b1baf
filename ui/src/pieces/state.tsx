import { Tooltip } from '@douyinfe/semi-ui-19';
import { Link } from 'wouter';
import type { Answer } from '../api.ts';
import { type Text, useSay } from '../lang.ts';
import { lookOf } from '../states.ts';
import { moment } from '../time.ts';

/** A state in colour, mark and word; why, where there is a reason. */
export const State = ({
  state,
  late = false,
  reason = null,
}: {
  state: string;
  late?: boolean;
  reason?: { message: string } | null;
}) => {
  const say = useSay();
  const look = lookOf(state);
  return (
    <span className="state-with-reason">
      <span className={`state tone-${look.tone}`}>
        <span aria-hidden="true">{look.mark}</span> {say(look.text)}
      </span>
      {late && state !== 'late' && <span className="state tone-late">{say(lookOf('late').text)}</span>}
      {reason !== null && <span className="dim">{reason.message}</span>}
    </span>
  );
};

type Stripe = Answer<'jobs'>['jobs'][number]['recent'][number];

/** The strip for those who hear the page: how many ended how. */
const wordsOf = (recent: readonly Stripe[], say: (text: Text) => string): string =>
  Object.entries(Object.groupBy(recent, ({ state }) => state))
    .map(([state, runs]) => `${say(lookOf(state).text)} ${runs?.length}`)
    .join(', ');

/** The latest runs as bars, oldest first. */
export const Strip = ({ recent }: { recent: readonly Stripe[] }) => {
  const say = useSay();
  if (recent.length === 0) return <span className="dim">—</span>;
  return (
    <span className="strip">
      <span className="unseen">{wordsOf(recent, say)}</span>
      {recent.map(({ run, at, state, late, reason }) => {
        const look = lookOf(late && state === 'delivered' ? 'late' : state);
        const words = `${moment(at)} ${say(look.text)}${reason === null ? '' : ` · ${reason.message}`}`;
        return (
          <Tooltip key={run} content={words}>
            <Link href={`/runs/${run}`} aria-hidden tabIndex={-1} className={`stripe tone-${look.tone}`} />
          </Tooltip>
        );
      })}
    </span>
  );
};
