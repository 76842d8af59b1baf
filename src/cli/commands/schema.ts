import { cardDefs } from '../../config/blocks.ts';
import { cardSpec } from '../../config/cards.ts';
import { jobSchema } from '../../config/jobs.ts';
import { settingsSchema } from '../../config/settings.ts';
import { configWords } from '../../config/words.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import type { Act } from '../command.ts';

const SCHEMAS: Readonly<Record<string, () => object>> = {
  job: jobSchema,
  settings: () => settingsSchema,
  card: () => ({ ...cardSpec.schema, $defs: cardDefs() }),
};
const KINDS = Object.keys(SCHEMAS);

/** The JSON Schema of one kind of file. Throws `one-of` (status 2) for any other. */
export const schemaOf = (kind: string): object => {
  const make = SCHEMAS[kind];
  if (make === undefined)
    throw failure(
      configWords,
      'one-of',
      { value: kind, allowed: KINDS, suggestion: nearest(kind, KINDS) },
      { status: 2 },
    );
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `larkcron ${kind}`, ...make() };
};

/** `larkcron schema`: JSON Schema of what the readers accept, made by the readers themselves. */
export const schema: Act = async ({ args }, { out }) => {
  const whole = schemaOf(args[0] ?? '');
  out.result(JSON.stringify(whole, null, 2));
  out.data(whole);
  return 0;
};
