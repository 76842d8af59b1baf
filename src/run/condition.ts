import type { Template } from '../model/card.ts';
import type { Dataset, Value } from '../model/dataset.ts';
import { failure, problem } from '../model/errors.ts';
import { runWords } from './words.ts';

export interface Facts {
  readonly data: Readonly<Record<string, Dataset>>;
  readonly due: Date;
  readonly now: Date;
  readonly job: { readonly name: string };
}

/** CEL's whole numbers are 64-bit: counts and integers from data come as bigint, everything else as it is. */
const celValue = (value: Value): unknown =>
  typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;

const celDataset = ({ columns, rows }: Dataset): unknown => {
  const mapped = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, celValue(value)])),
  );
  return { columns: [...columns], rows: mapped, first: mapped[0] ?? null };
};

/**
 * Whether a job has something to say, by its `when` in CEL. Throws `condition-fault` (exit 2) when it cannot be
 * worked out: that is neither yes nor no.
 */
export const holds = async (when: Template, facts: Facts): Promise<boolean> => {
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  for (const operator of ['<', '<=', '>', '>=', '==', '!='] as const) {
    if (operator === '==' || operator === '!=') continue;
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) => compare(operator, a, Number(b)));
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) => compare(operator, Number(a), b));
  }
  const context = {
    ...Object.fromEntries(Object.entries(facts.data).map(([name, dataset]) => [name, celDataset(dataset)])),
    due: facts.due,
    now: facts.now,
    job: facts.job,
  };
  let result: unknown;
  try {
    result = environment.evaluate(when.source, context);
  } catch (error) {
    const why = (error as Error).message.split('\n')[0] ?? '';
    const fault = { when: when.source, why };
    throw failure(runWords, 'condition-fault', fault, {
      status: 2,
      problems: [problem(runWords, 'condition-fault', fault, { at: when.at })],
    });
  }
  if (typeof result === 'boolean') return result;
  const fault = { when: when.source };
  throw failure(runWords, 'condition-not-boolean', fault, {
    status: 2,
    problems: [problem(runWords, 'condition-not-boolean', fault, { at: when.at })],
  });
};

const compare = (operator: '<' | '<=' | '>' | '>=', a: number, b: number): boolean => {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
};
