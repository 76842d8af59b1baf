/**
 * What a record holds under a name that people wrote. Nothing for names that every object inherits: a recipient called
 * `constructor` is unknown like any other.
 */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
