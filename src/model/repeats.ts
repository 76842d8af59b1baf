import type { Place, Problem } from './errors.ts';

const samePlace = (a: Place | null, b: Place | null): boolean =>
  a !== null && b !== null && a.file === b.file && a.line === b.line && a.column === b.column;

/** One of them may not know the place in the file, or the way inside the card; with neither nothing is known of it. */
const isSame = (a: Problem, b: Problem): boolean => {
  if (a.code !== b.code || a.message.en !== b.message.en) return false;
  const paths = a.path === b.path || a.path === null || b.path === null;
  return samePlace(a.at, b.at) ? paths : a.path !== null && a.path === b.path && (a.at === null || b.at === null);
};

/** Each finding once, the first time it is said. */
export const withoutRepeats = (problems: readonly Problem[]): Problem[] => {
  const said = new Map<string, Problem[]>();
  return problems.filter((found) => {
    const alike = said.get(found.code) ?? [];
    if (alike.some((one) => isSame(one, found))) return false;
    said.set(found.code, [...alike, found]);
    return true;
  });
};
