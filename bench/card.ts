// How long one card of nearly 30 KB takes, warm, beside JSON.parse of the same text. `npm run bench:card`
import { checkCard } from '../src/card/rules/check-card.ts';
import type { Json } from '../src/model/dataset.ts';
import { cardPage } from '../src/picture/card-page.ts';
import { cardToHtml } from '../src/picture/html.ts';
import { cardToTerminal } from '../src/picture/terminal.ts';
import { largeCard } from './card/large-card.ts';

const ROUNDS = 300;

const card = largeCard();
const text = JSON.stringify(card);
const found = checkCard(card).filter(({ severity }) => severity === 'error');
if (found.length > 0) throw new Error(`the card is not sound: ${found[0]?.message.en}`);

/** What is measured: each once a round, so that all of them have the same weather. */
const CONTENDERS: Readonly<Record<string, () => unknown>> = {
  'JSON.parse': () => JSON.parse(text) as Json,
  checkCard: () => checkCard(card),
  'to HTML': () => cardToHtml(card, { lang: 'zh' }),
  'to a page with VChart': () => cardPage(card, { title: 'bench', lang: 'zh' }),
  'to a terminal': () => cardToTerminal(card, { width: 80, color: true, lang: 'zh' }),
};

const times: Record<string, number[]> = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
for (let round = 0; round < ROUNDS * 2; round++) {
  for (const [name, work] of Object.entries(CONTENDERS)) {
    const started = performance.now();
    work();
    // the first half warms up
    if (round >= ROUNDS) times[name]?.push(performance.now() - started);
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const base = median(times['JSON.parse'] ?? []);
console.log(`a card of ${Buffer.byteLength(text)} bytes, median of ${ROUNDS}, Node ${process.version}`);
for (const [name, values] of Object.entries(times)) {
  const ms = median(values);
  console.log(
    `${name.padEnd(24)} ${ms.toFixed(3).padStart(8)} ms   ${(ms / base).toFixed(1).padStart(6)} × JSON.parse`,
  );
}
