import { type Place, type Problem, problem } from '../model/errors.ts';
import { own } from '../model/own.ts';
import { configWords } from './words.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Stands for `{` in an environment value inside a template, so that Liquid cannot see it; card/template puts it back. */
export const SHIELDED_BRACE = '\uF8F0';

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

/**
 * Fills in `${NAME}` and `${NAME:-default}`; `$${` is a literal `${`. What comes in is never read again: not as YAML
 * (that was parsed before), not as `${}`, and with `into: 'template'` not as Liquid either.
 */
export const interpolate = (
  text: string,
  environment: Environment,
  { at, into, problems }: { at: Place | null; into: 'text' | 'template'; problems: Problem[] },
): string =>
  text.replace(REFERENCE, (whole, name: string | undefined, fallback: string | undefined) => {
    if (whole === '$${') return '${';
    if (name === undefined) {
      problems.push(problem(configWords, 'unclosed-variable', undefined, { at }));
      return '';
    }
    const value = own(environment, name) || fallback;
    if (value === undefined) {
      problems.push(problem(configWords, 'missing-variable', { name }, { at }));
      return '';
    }
    return into === 'template' ? value.replaceAll('{', SHIELDED_BRACE) : value;
  });
