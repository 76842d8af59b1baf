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
  extend(environment);
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

type Environment = InstanceType<typeof import('@marcbachmann/cel-js').Environment>;

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** What CEL leaves out and people expect of data: whole and broken numbers mix, and NULL compares false. */
const extend = (environment: Environment): void => {
  for (const [operator, apply] of Object.entries(ARITHMETIC)) {
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) => apply(a, Number(b)));
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) => apply(Number(a), b));
  }
  for (const operator of ['<', '<=', '>', '>=']) {
    for (const type of ['int', 'double', 'string', 'null']) {
      environment.registerOperator(`null ${operator} ${type}`, () => false);
      if (type !== 'null') environment.registerOperator(`${type} ${operator} null`, () => false);
    }
  }
};
