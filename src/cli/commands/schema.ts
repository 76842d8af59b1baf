import { cardDefs } from '../../config/blocks.ts';
import { cardSpec } from '../../config/cards.ts';
import { jobSchema } from '../../config/jobs.ts';
import { settingsSchema } from '../../config/settings.ts';
import { configWords } from '../../config/words.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import type { Act } from '../command.ts';

const KINDS = ['job', 'settings', 'card'];

/** `larkcron schema`: JSON Schema of what the readers accept, made by the readers themselves. */
export const schema: Act = async ({ args }, { out }) => {
  const [kind = ''] = args;
  const schemas: Readonly<Record<string, () => object>> = {
    job: jobSchema,
    settings: () => settingsSchema,
    card: () => ({ ...cardSpec.schema, $defs: cardDefs() }),
  };
  const make = schemas[kind];
  if (make === undefined)
    throw failure(
      configWords,
      'one-of',
      { value: kind, allowed: KINDS, suggestion: nearest(kind, KINDS) },
      { status: 2 },
    );
  const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `larkcron ${kind}`, ...make() };
  out.result(JSON.stringify(whole, null, 2));
  out.data(whole);
  return 0;
};
