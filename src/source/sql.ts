import { failure } from '../model/errors.ts';
import { own } from '../model/own.ts';
import type { Fetch } from './source.ts';
import type { SqlDriver } from './sql-driver.ts';
import { type Dialect, readQuery } from './sql-text.ts';
import { sourceWords } from './words.ts';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  sqlite: 'sqlite',
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
};

const driverOf = async (dialect: Dialect): Promise<SqlDriver> => {
  switch (dialect) {
    case 'sqlite':
      return (await import('./sql-sqlite.ts')).sqlite;
    case 'postgres':
      return (await import('./sql-postgres.ts')).postgres;
    case 'mysql':
      return (await import('./sql-mysql.ts')).mysql;
  }
};

/** `sql`: one read-only statement with named parameters, bound and never pasted. A driver is loaded when it is used. */
export const fetchSql: Fetch<'sql'> = async (spec, context) => {
  const kind = /^([a-z0-9+]+):/i.exec(spec.url)?.[1]?.toLowerCase() ?? '?';
  const dialect = own(DIALECTS, kind);
  if (dialect === undefined) throw failure(sourceWords, 'sql-url', { kind }, { status: 2 });
  const query = readQuery(spec.query, dialect);
  if (query.several) throw failure(sourceWords, 'sql-several', undefined, { status: 2 });
  if (query.positional) throw failure(sourceWords, 'sql-positional', undefined, { status: 2 });
  const given = Object.keys(spec.params);
  const missing = [...new Set(query.names)].filter((name) => !given.includes(name));
  const unused = given.filter((name) => !query.names.includes(name));
  if (missing.length > 0 || unused.length > 0)
    throw failure(sourceWords, 'sql-params', { missing, unused }, { status: 2 });
  const params = Object.fromEntries(given.map((name) => [name, context.fillValue(own(spec.params, name) ?? null)]));
  const driver = await driverOf(dialect);
  const { url, timeout, allowWrites } = spec;
  const { directory, signal } = context;
  return driver({ url, sql: spec.query, query, params, timeout, allowWrites, directory, signal });
};
