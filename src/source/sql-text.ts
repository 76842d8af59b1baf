/** Everything in a query that is no SQL of its own: quoted text, names in quotes, comments, PostgreSQL's $tag$…$tag$. */
const QUOTED: Readonly<Record<Dialect, string>> = {
  sqlite: String.raw`--[^\n]*|/\*[\s\S]*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\`[^\`]*\`|\[[^\]]*\]`,
  postgres: String.raw`--[^\n]*|/\*[\s\S]*?\*/|[eE]'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$`,
  mysql: String.raw`(?:--\s|#)[^\n]*|/\*[\s\S]*?\*/|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|\`(?:[^\`]|\`\`)*\``,
};
export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/** `:name`, but no cast (`::date`), no slice (`[1:2]`) and no time of day. */
const NAME = String.raw`(?<![:\w\]]):(?<name>[A-Za-z_]\w*)`;

/** A query taken apart: what is SQL of its own, and the names of its parameters in order of appearance. */
export interface Query {
  /** the query with `place(i, name)` for each parameter */
  readonly placed: (place: (order: number, name: string) => string) => string;
  readonly names: readonly string[];
  /** several statements, by a `;` with something behind it */
  readonly several: boolean;
  /** a `?` of its own */
  readonly positional: boolean;
}

export const readQuery = (sql: string, dialect: Dialect): Query => {
  const pattern = new RegExp(`${QUOTED[dialect]}|${NAME}`, 'g');
  const nameIn = (match: RegExpMatchArray): string | null => match.groups?.['name'] ?? null;
  const bare = sql.replace(new RegExp(QUOTED[dialect], 'g'), ' ');
  return {
    placed: (place) => {
      let order = 0;
      let text = '';
      let at = 0;
      for (const match of sql.matchAll(pattern)) {
        const name = nameIn(match);
        text += sql.slice(at, match.index) + (name === null ? match[0] : place(order++, name));
        at = match.index + match[0].length;
      }
      return text + sql.slice(at);
    },
    names: [...sql.matchAll(pattern)].map(nameIn).filter((name) => name !== null),
    several: /;\s*\S/.test(bare),
    positional: dialect !== 'postgres' && bare.includes('?'),
  };
};
