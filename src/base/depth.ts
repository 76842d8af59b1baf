/** Whether lists and objects stand inside each other more than `most` deep. Goes level by level, so that no depth is too much for it. */
export const isDeeper = (value: unknown, most: number): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const within = level.filter((each) => typeof each === 'object' && each !== null) as object[];
    if (within.length > 0 && depth >= most) return true;
    level = within.flatMap((each) => Object.values(each));
  }
  return false;
};
