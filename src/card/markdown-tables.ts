/** How many tables a markdown text has: rows of dashes under a row with a bar, outside fenced code. */
export const markdownTables = (text: string): number => {
  let count = 0;
  let fence: string | null = null;
  let before = '';
  for (const line of text.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (mark !== null) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    else if (
      fence === null &&
      line.includes('-') &&
      /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/.test(line.trim()) &&
      before.includes('|')
    )
      count += 1;
    before = line;
  }
  return count;
};
