import { compare, decimalOf } from '../card/decimal.ts';
import type { Decide } from '../card/making.ts';
import { type LastSeen, namedDatasets } from '../card/scope.ts';
import type { Template } from '../model/card.ts';
import type { Dataset, Row, Value } from '../model/dataset.ts';
import { failure, type LarkcronError, type Problem, problem } from '../model/errors.ts';
import { type Lasts, lastsIn, valuesOf } from './last-in-condition.ts';
import { runWords } from './words.ts';

export interface Facts {
  readonly data: Readonly<Record<string, Dataset>>;
  /** the job's own datasets among them: with one, its first row needs no name */
  readonly only: string | null;
  readonly last: LastSeen | null;
  readonly due: Date;
  readonly now: Date;
  readonly job: { readonly name: string };
}

/** CEL's whole numbers are 64-bit: counts and integers from data come as bigint, everything else as it is. */
const celValue = (value: Value): unknown =>
  typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;

const celRow = (row: Row): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, celValue(value)]));

const seenDatasets = new WeakMap<Dataset, CelDataset>();
interface CelDataset {
  readonly columns: readonly string[];
  readonly rows: readonly unknown[];
  readonly first: unknown;
}

/** Made once for all recipients, each of whom may have a card of their own. */
const celDataset = (dataset: Dataset): CelDataset => {
  const known = seenDatasets.get(dataset) ?? newCelDataset(dataset);
  seenDatasets.set(dataset, known);
  return known;
};

const newCelDataset = ({ columns, rows }: Dataset): CelDataset => {
  const mapped = rows.map(celRow);
  return { columns: [...columns], rows: mapped, first: mapped[0] ?? null };
};

const lastOf = (last: LastSeen | null): unknown =>
  last === null
    ? null
    : {
        dueAt: new Date(last.dueAt),
        deliveredAt: new Date(last.deliveredAt),
        figures: celRow(last.figures),
        heldBack: BigInt(last.heldBack),
      };

const factsOf = ({ data, only, last, due, now, job }: Facts): Readonly<Record<string, unknown>> => {
  const datasets = namedDatasets(data, celDataset);
  return {
    ...(only === null ? {} : { first: (datasets[only] as { first: unknown }).first }),
    ...datasets,
    last: lastOf(last),
    due,
    now,
    job,
  };
};

const refusal = (code: 'condition-fault' | 'condition-not-boolean', when: Template, why: string): LarkcronError => {
  const fault = { when: when.source, why };
  return failure(runWords, code, fault, {
    status: 2,
    problems: [problem(runWords, code, fault, { at: when.at })],
  });
};

const firstLine = (error: unknown): string => (error as Error).message.split('\n')[0] ?? '';

/**
 * Conditions over one occurrence's facts. They throw `condition-fault`, `condition-not-boolean` (exit 2). The first row
 * of a dataset without rows has no columns: with `lenient` it compares false, as NULL does.
 */
export const conditionsOf = async (facts: Facts, { lenient = false } = {}): Promise<Decide> => {
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  extend(environment);
  const known = factsOf(facts);
  const parsed = new Map<string, Readable>();
  const forgiven = lenient && Object.values(facts.data).some(({ rows }) => rows.length === 0);

  return (when, { row, value }) => {
    const seen = {
      ...known,
      ...(value === undefined ? {} : { value: celValue(value) }),
      ...(row === undefined ? {} : { row: celRow(row), ...celRow(row) }),
    };
    try {
      const found = parsed.get(when.source) ?? readable(environment, when.source);
      parsed.set(when.source, found);
      const result = found.evaluate({ ...seen, ...valuesOf(found.lasts, known['last']) }) as unknown;
      if (typeof result === 'boolean') return result;
    } catch (error) {
      if (forgiven && (error as { code?: string }).code === 'no_such_key') return false;
      throw refusal('condition-fault', when, firstLine(error));
    }
    throw refusal('condition-not-boolean', when, '');
  };
};

/**
 * Whether a job has something to say, by its `when` in CEL. Throws `condition-fault` (exit 2) when it cannot be
 * worked out: that is neither yes nor no.
 */
export const holds = async (when: Template, facts: Facts): Promise<boolean> => (await conditionsOf(facts))(when, {});

/** Whether conditions can be read at all: what is known of them without data. */
export const checkConditions = async (conditions: readonly Template[]): Promise<Problem[]> => {
  if (conditions.length === 0) return [];
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  extend(environment);
  return conditions.flatMap((when) => {
    try {
      environment.parse(when.source);
      return [];
    } catch (error) {
      return [problem(runWords, 'condition-fault', { when: when.source, why: firstLine(error) }, { at: when.at })];
    }
  });
};

type Environment = InstanceType<typeof import('@marcbachmann/cel-js').Environment>;

interface Readable {
  readonly evaluate: ReturnType<Environment['parse']>;
  readonly lasts: Lasts;
}

const readable = (environment: Environment, source: string): Readable => {
  const whole = environment.parse(source);
  const { source: rewritten, lasts } = lastsIn(source, whole.ast);
  return { evaluate: lasts.length === 0 ? whole : environment.parse(rewritten), lasts };
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Databases hand decimals over as text: against a number it is compared by its digits, exactly. */
const byAmount = (left: unknown, right: unknown): number => {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a === null || b === null) throw new Error(`${String(a === null ? left : right)} is no number`);
  return compare(a, b);
};

const TIME = 'google.protobuf.Timestamp';
const SPAN = 'google.protobuf.Duration';

/** What CEL leaves out and people expect of data: whole, broken and written numbers mix; NULL makes NULL, and compares false. */
const extend = (environment: Environment): void => {
  for (const [operator, apply] of Object.entries(ARITHMETIC)) {
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) => apply(a, Number(b)));
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) => apply(Number(a), b));
    for (const type of ['int', 'double', 'null']) {
      environment.registerOperator(`null ${operator} ${type}`, () => null);
      if (type !== 'null') environment.registerOperator(`${type} ${operator} null`, () => null);
    }
  }
  environment.registerOperator(`${TIME} - null`, () => null);
  for (const [operator, holdsFor] of Object.entries(ORDERS)) {
    for (const type of ['int', 'double']) {
      environment.registerOperator(`string ${operator} ${type}`, (a: string, b: unknown) => holdsFor(byAmount(a, b)));
      environment.registerOperator(`${type} ${operator} string`, (a: unknown, b: string) => holdsFor(byAmount(a, b)));
    }
    for (const type of ['int', 'double', 'string', 'null', TIME, SPAN]) {
      environment.registerOperator(`null ${operator} ${type}`, () => false);
      if (type !== 'null') environment.registerOperator(`${type} ${operator} null`, () => false);
    }
  }
};
