// What programs may import: `import { checkCard } from 'larkcron'`. Nothing in src/ imports this file.
import { type CardFinding, checkCard as check } from './card/rules/check-card.ts';
import type { Json } from './model/dataset.ts';
import type { Larkcron, LarkcronOptions } from './typescript/larkcron.ts';

export type { CardFinding } from './card/rules/check-card.ts';

/**
 * Checks Feishu (Lark) message card JSON, 1.0 or 2.0, before it is sent: properties and their values, limits, tables,
 * forms, charts, colours, links, image keys. Asks nobody: no network, no file.
 *
 * The card is checked as `JSON.stringify` would send it; it throws only where that throws (circles, bigints). An empty
 * list means that no fault is known, not that Feishu has none.
 *
 * @param card the card itself, an object: not its JSON text, and not the request around it
 * @returns findings in reading order of the rules. `severity: 'error'` is what Feishu refuses or shows wrongly, `feishu`
 * the code it refuses it with, where that is known; `'warning'` is what it takes, but hardly as meant. `path` is the way
 * to the place, such as `body.elements[2].columns[0].width`; `message` and `hint` are `{ zh, en }`.
 *
 * @example
 * const faults = checkCard(card).filter(({ severity }) => severity === 'error');
 * for (const { path, message, hint } of faults) console.error(path, message.en, hint?.en ?? '');
 */
export const checkCard = (card: unknown): readonly CardFinding[] =>
  check(JSON.parse(JSON.stringify(card) ?? 'null') as Json);

export type { BlockInput, CardInput, ChartInput, MetricInput } from './typescript/card-input.ts';
export { defineJob, type JobInput, type Seen } from './typescript/job-input.ts';
export type { Larkcron, LarkcronOptions, RunOptions, RunReport, SendInput } from './typescript/larkcron.ts';
export { markdown } from './typescript/markdown.ts';

/**
 * larkcron for a program: `.run(job)`, `.send(message)`, `.close()`. Settings, ledger and promises are those of the
 * command line, which may work beside it.
 *
 * @example
 * const larkcron = createLarkcron({ config: 'larkcron.yaml' });
 * const { run } = await larkcron.run('store-dashboard');
 * await larkcron.close();
 */
export const createLarkcron = (options?: LarkcronOptions): Larkcron => {
  let made: Promise<Larkcron> | null = null;
  const larkcron = (): Promise<Larkcron> => {
    made ??= import('./library.ts').then((library) => library.createLarkcron(options));
    return made;
  };
  return {
    run: async (...call) => (await larkcron()).run(...call),
    send: async (...call) => (await larkcron()).send(...call),
    close: async () => (made === null ? undefined : (await made).close()),
  };
};
