import { theRun } from '../../acts/the-run.ts';
import { wallClockText } from '../../base/zone.ts';
import type { Json } from '../../model/dataset.ts';
import { markedBody } from '../../model/marker.ts';
import { reportJson } from '../../report/run-json.ts';
import { type Act, flag } from '../command.ts';
import { linesOf, tryLine } from '../picture-of-run.ts';

/** `larkcron show RUN`: one run with every delivery and every try; `--card` what was sent, byte for byte. */
export const show: Act = async ({ args, options }, context) => {
  const { out } = context;
  const project = context.project([]);
  const app = await context.app(project);
  const { history } = app.ledger();
  const run = await theRun(app, args[0] ?? '');
  const deliveries = await history.deliveries(run.id);
  if (flag(options, 'card')) {
    const sent = new Map(deliveries.map(({ content, uuid }) => [content, uuid]));
    const bodies: string[] = [];
    for (const [hash, uuid] of sent) {
      const content = await history.content(hash);
      if (content !== null) bodies.push(markedBody(content.body, uuid));
    }
    for (const body of bodies) out.result(body);
    out.data(
      bodies.length === 1 ? (JSON.parse(bodies[0] as string) as Json) : bodies.map((body) => JSON.parse(body) as Json),
    );
    return 0;
  }
  for (const line of await linesOf(app, run, out.lang)) out.line(line);
  const several = deliveries.some(({ part }) => part > 1);
  for (const attempt of await history.attempts(run.id)) {
    const delivery = deliveries.find(({ id }) => id === attempt.delivery) ?? null;
    const at = wallClockText(attempt.begunAt, project.settings.timezone);
    out.line(tryLine(attempt, delivery, { at, lang: out.lang, several }));
  }
  if (out.json) out.data(await reportJson(app, run, out.lang, { tries: true }));
  return 0;
};
