import type { LastSeen } from '../card/scope.ts';
import { blocksOf } from '../model/card.ts';
import type { Dataset, Value } from '../model/dataset.ts';
import { failure, problem } from '../model/errors.ts';
import type { Job } from '../model/job.ts';
import type { Figures, Memory } from '../model/memory.ts';
import { readSnapshots, readValue, type Snapshots, writeSnapshots, writeValue } from '../shaping/snapshot.ts';
import { conditionWords } from './condition-words.ts';

/** Key figures by recipient; of a message that all get alike, under this name. */
const ALL = '';
export type FiguresByRecipient = Readonly<Record<string, Figures>>;

export const figuresOfAll = (figures: Figures): FiguresByRecipient => ({ [ALL]: figures });

const mapped = <A, B>(of: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));

export const writeFigures = (figures: FiguresByRecipient): string | null => {
  const some = Object.entries(figures).filter(([, each]) => Object.keys(each).length > 0);
  return some.length === 0
    ? null
    : JSON.stringify(Object.fromEntries(some.map(([who, each]) => [who, mapped(each, writeValue)])));
};

const readFigures = (text: string | null, who: string): Figures => {
  if (text === null) return {};
  const stored = JSON.parse(text) as Readonly<
    Record<string, Readonly<Record<string, Parameters<typeof readValue>[0]>>>
  >;
  return Object.hasOwn(stored, who) ? mapped(stored[who] ?? {}, readValue) : {};
};

/** The figures a card names itself: asked for of a run before they were added, they are null and no fault. */
const namesIn = ({ message }: Job): readonly string[] => {
  if (message.kind !== 'card') return [];
  return blocksOf(message.card.body).flatMap((block) =>
    block.block === 'metrics' ? block.metrics.map(({ name, label }) => name ?? label.source) : [],
  );
};

/** `last`, as templates and conditions see it; `who`: of whose card the figures are. */
export const lastSeen = (job: Job, { last, watch }: Memory, who: string = ALL): LastSeen | null => {
  if (last === null) return null;
  const none: Readonly<Record<string, Value>> = Object.fromEntries(namesIn(job).map((name) => [name, null]));
  return {
    dueAt: last.dueAt,
    deliveredAt: last.deliveredAt,
    figures: { ...none, ...readFigures(last.figures, who) },
    heldBack: watch.heldBack,
  };
};

/** What later runs compare with: as it was when a message last arrived, and as it is now. */
export const pastOf = ({ kept: text }: Memory) => {
  let stored: Snapshots | null = null;
  const now: Record<string, Dataset> = {};
  return {
    before: (slot: string): Dataset | null => {
      stored ??= text === null ? {} : readSnapshots(text);
      return Object.hasOwn(stored, slot) ? (stored[slot] ?? null) : null;
    },
    keep: (slot: string, dataset: Dataset): void => {
      now[slot] = dataset;
    },
    kept: (): Snapshots => now,
  };
};

/** What a job may remember; more would make every run slow, and the ledger large. */
const MOST_KEPT = 8 * 1024 * 1024;

/** Throws `memory-size` (status 2) for more than a job may remember. */
export const writeKept = (job: Job, snapshots: Snapshots): string | null => {
  const names = Object.keys(snapshots);
  if (names.length === 0) return null;
  const kept = writeSnapshots(snapshots);
  const bytes = Buffer.byteLength(kept);
  if (bytes <= MOST_KEPT) return kept;
  const fault = { rows: Math.max(...Object.values(snapshots).map(({ rows }) => rows.length)), bytes, most: MOST_KEPT };
  const at = job.changed?.at ?? { file: job.file, line: 1, column: 1 };
  throw failure(conditionWords, 'memory-size', fault, {
    status: 2,
    problems: [problem(conditionWords, 'memory-size', fault, { at })],
  });
};
