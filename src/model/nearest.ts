/** Edit distance with neighbouring letters swapped counted once (Damerau): the typos people make. */
const distance = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let j = 0; j <= b.length; j++) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      (rows[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + cost,
        swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(a.length, b.length);
};

/** The name nearest to what was written, when it is near enough to have been meant; else null. */
export const nearest = (written: string, names: readonly string[]): string | null => {
  const word = written.toLowerCase();
  const allowed = (name: string): number => Math.max(1, Math.floor(Math.min(word.length, name.length) / 3));
  const ranked = names
    // letters that are too many or too few are steps too: most names need no measuring
    .filter((name) => Math.abs(name.length - word.length) <= allowed(name))
    .map((name) => ({ name, far: distance(word, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= allowed(name))
    .sort((a, b) => a.far - b.far);
  return ranked[0]?.name ?? null;
};
