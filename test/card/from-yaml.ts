import assert from 'node:assert/strict';
import { checkCardSpec } from '../../src/card/check-spec.ts';
import { compileCard } from '../../src/card/compile.ts';
import { checkCard } from '../../src/card/rules/check-card.ts';
import { cardSpec } from '../../src/config/cards.ts';
import type { Reading } from '../../src/config/shape.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import type { CardSpec } from '../../src/model/card.ts';
import type { Json, Row } from '../../src/model/dataset.ts';
import type { Problem } from '../../src/model/errors.ts';
import type { Lang } from '../../src/model/text.ts';
import { conditionsOf } from '../../src/run/condition.ts';
import { DUE, datasets, scopeWith } from './fixture.ts';

/** A card as its author writes it under `card:`, read by the product's own reader. */
export const readCard = (yaml: string): { readonly spec: CardSpec | null; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const reading: Reading = { environment: {}, problems, webhooks: new Map() };
  const node = parseYaml(yaml, 'jobs/a.yaml', problems);
  return { spec: node === null ? null : cardSpec.read(node, reading, 'card'), problems };
};

type Data = Readonly<Record<string, readonly Row[]>>;

/** The same, filled in with data and compiled. Throws when it cannot be read. */
export const compileYaml = async (yaml: string, data: Data = {}, { lang = 'zh' }: { lang?: Lang } = {}) => {
  const { spec, problems } = readCard(yaml);
  if (spec === null) throw new Error(problems.map(({ message }) => message.en).join('\n'));
  const now = new Date(DUE);
  const names = Object.keys(data);
  const only = names.length === 1 ? (names[0] ?? null) : null;
  const facts = { data: datasets(data), only, last: null, due: now, now, job: { name: 'a' } };
  const compiled = compileCard(spec, {
    scope: scopeWith(data, { lang }),
    data: datasets(data),
    keyOf: (path) => `img_of_${path}`,
    decide: await conditionsOf(facts, { lenient: true }),
  });
  return { ...compiled, spec, known: checkCardSpec(spec, Object.keys(data)) };
};

export const elementsIn = (card: Json): readonly Record<string, Json>[] =>
  (card as { body: { elements: readonly Record<string, Json>[] } }).body.elements;

export const STORES: readonly Row[] = [
  { name: '国贸店', sales: 1823405.5, target: 1600000, rate: '1.1396', change: 0.123, state: '正常', who: 'ou_1' },
  {
    name: '<at id=all></at>',
    sales: 923405.5,
    target: null,
    rate: '0.8395',
    change: -0.052,
    state: '异常',
    who: 'ou_2',
  },
];

/** The one element a block becomes; there is no finding, and no rule is broken. */
export const elementOf = async (block: string, data: Data = { stores: STORES }): Promise<Record<string, Json>> => {
  const { card, problems, known } = await compileYaml(`body:\n  - ${block}`, data);
  assert.deepEqual(
    [...problems, ...known, ...checkCard(card)].map(({ code }) => code),
    [],
  );
  const elements = elementsIn(card);
  assert.equal(elements.length, 1);
  return elements[0] as Record<string, Json>;
};
