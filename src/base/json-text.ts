import type { Text } from '../model/text.ts';

/** Where a text stops being JSON, and why. Lines and columns count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly why: Text;
}

/** Whether this beginning can be continued to JSON: what is wrong with it, if anything, is that it ends. */
const canGoOn = (beginning: string): boolean => {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? message === 'Unexpected end of JSON input' : Number(position) >= beginning.length;
  }
};

/**
 * The first fault of a text that is no JSON. V8 gives the place of some faults only, hence the longest beginning that
 * can be continued is looked for: about fifteen parses of a card's text.
 */
export const jsonFault = (text: string): JsonFault => {
  let sound = 0;
  let broken = text.length + 1;
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1;
    if (canGoOn(text.slice(0, middle))) sound = middle;
    else broken = middle;
  }
  const before = text.slice(0, sound);
  const lines = before.split('\n');
  const place = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  if (sound >= text.trimEnd().length)
    return {
      ...place,
      why: { zh: '没有写完(少了引号或括号?)', en: 'it ends too early (a quote or bracket missing?)' },
    };
  const [character] = text.slice(sound);
  return {
    ...place,
    why: { zh: `这里不该是 ${JSON.stringify(character)}`, en: `${JSON.stringify(character)} does not belong here` },
  };
};
