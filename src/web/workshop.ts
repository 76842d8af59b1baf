import type { App } from '../app.ts';
import { isDeeper } from '../base/depth.ts';
import { compileCard } from '../card/compile.ts';
import type { Decide } from '../card/making.ts';
import { checkCard } from '../card/rules/check-card.ts';
import { scopeOf } from '../card/scope.ts';
import { cardSpec } from '../config/cards.ts';
import { entryOf, type Node } from '../config/node.ts';
import { placesIn } from '../config/places.ts';
import { parseYaml } from '../config/yaml.ts';
import { type CardSpec, choicesIn } from '../model/card.ts';
import { type Dataset, datasetOf, type Json, type Row } from '../model/dataset.ts';
import { LarkcronError, type Problem, problem } from '../model/errors.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { conditionsOf } from '../run/condition.ts';
import { within } from './bounded.ts';
import { webWords } from './words.ts';

/** How the text is called in findings. */
const FILE = 'workshop';

/** A card from the workshop; null: its faults leave nothing to draw. */
export interface Worked {
  readonly card: Json | null;
  readonly problems: readonly Problem[];
}

const at = { file: FILE, line: 1, column: 1 };

/** Longer than any card of sense takes, and short enough for what else is to go out. */
const LONGEST: Ms = 2 * SECOND;
/** Cards of Feishu's own nest a tenth of it; drawing and writing them goes inward step by step. */
const DEEPEST = 100;

const tooDeep = (): Problem => problem(webWords, 'workshop-too-deep', undefined, { at });

/** The work, or the fault that it could not be done in time or at all. */
const bounded = <T>(work: () => T, problems: Problem[]): T | null => {
  const done = within(LONGEST, work);
  if (done.is === 'done') return done.value;
  problems.push(
    done.is === 'too-deep' ? tooDeep() : problem(webWords, 'workshop-too-slow', { seconds: LONGEST / SECOND }, { at }),
  );
  return null;
};

/** Card JSON as Feishu takes it; null: the text is no JSON. */
const ofJson = (text: string): Worked | null => {
  let card: Json;
  try {
    card = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (isDeeper(card, DEEPEST)) return { card: null, problems: [tooDeep()] };
  const problems: Problem[] = [];
  const found = bounded(() => {
    const placeOf = placesIn(text, FILE);
    return checkCard(card).map((each) => ({ ...each, at: placeOf(each.path) }));
  }, problems);
  return { card, problems: [...problems, ...(found ?? [])] };
};

/**
 * `card: …` in YAML as a spec. Nothing of ours is filled in: `${NAME}` would read the environment, and whatever else a
 * job says would run commands and read files, so it is left out and that is said.
 */
const specOf = (root: Node | null, problems: Problem[]): CardSpec | null => {
  if (root === null) return null;
  const entry = root.kind === 'map' ? entryOf(root, 'card') : undefined;
  if (root.kind !== 'map' || entry === undefined) {
    problems.push(
      problem(webWords, 'workshop-no-card', undefined, { at: root.kind === 'code' ? at : (root.at ?? at) }),
    );
    return null;
  }
  const others = root.entries.map(({ key }) => key).filter((key) => key !== 'card');
  if (others.length > 0)
    problems.push(problem(webWords, 'workshop-keys', { keys: others }, { at, severity: 'warning' }));
  return cardSpec.read(entry.value, { environment: {}, problems, webhooks: new Map() }, 'card');
};

const ofYaml = async (
  text: string,
  data: Readonly<Record<string, Dataset>>,
  { app, now }: { app: App; now: Ms },
): Promise<Worked> => {
  const problems: Problem[] = [];
  const spec = bounded(() => specOf(parseYaml(text, FILE, problems), problems), problems);
  if (spec === null) return { card: null, problems };
  const { timezone, lang } = app.project.settings;
  const job = { name: FILE, description: null };
  const names = Object.keys(data);
  const facts = {
    data,
    only: names.length === 1 ? (names[0] ?? null) : null,
    last: null,
    due: new Date(now),
    now: new Date(now),
    job,
  };
  try {
    const decide: Decide = choicesIn(spec).length === 0 ? () => false : await conditionsOf(facts, { lenient: true });
    const keyOf = (picture: string | { readonly from: string }, where: Problem['at']): string => {
      if (typeof picture === 'string' && /^img_[\w-]+$/.test(picture)) return picture;
      const shown = typeof picture === 'string' ? picture : picture.from;
      problems.push(problem(webWords, 'workshop-picture', { picture: shown }, { at: where, severity: 'warning' }));
      return 'img_workshop';
    };
    const run = { id: '', trigger: 'manual' };
    const scope = scopeOf({ data, due: now, now, job, run, last: null, timezone, lang });
    const made = bounded(() => {
      const { card, problems: found, placeOf } = compileCard(spec, { scope, data, keyOf, decide });
      if (isDeeper(card, DEEPEST)) return { card: null, found: [tooDeep()] };
      const rules = checkCard(card).map((one) => ({ ...one, at: one.at ?? placeOf(one.path ?? '') }));
      return { card, found: [...found, ...rules] };
    }, problems);
    return { card: made?.card ?? null, problems: [...problems, ...(made?.found ?? [])] };
  } catch (error) {
    if (!(error instanceof LarkcronError)) throw error;
    const { code, explanation } = error;
    const faults: readonly Problem[] =
      error.problems.length > 0 ? error.problems : [{ ...explanation, code, severity: 'error', at, path: null }];
    return { card: null, problems: [...problems, ...faults] };
  }
};

const cell = (value: unknown): Row[string] =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? (value as Row[string])
    : JSON.stringify(value);

export const datasetsOf = (
  data: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>,
): Readonly<Record<string, Dataset>> =>
  Object.fromEntries(
    Object.entries(data).map(([name, rows]) => [
      name,
      datasetOf(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)])))),
    ]),
  );

/** Makes and checks a card; nothing is read, run or sent by it. What begins with a brace may be YAML, too. */
export const workOn = async (
  text: string,
  data: Readonly<Record<string, Dataset>>,
  by: { readonly app: App; readonly now: Ms },
): Promise<Worked> => (/^\s*\{/.test(text) ? ofJson(text) : null) ?? ofYaml(text, data, by);
