import { lookUp } from './read-card.ts';

/** SGR codes for Feishu's colours; terminals have fewer, so some share one. */
const HUES: Readonly<Record<string, number>> = {
  ...{ blue: 4, indigo: 4, wathet: 6, turquoise: 6, green: 2, lime: 2, yellow: 3, sunflower: 3, orange: 3 },
  ...{ red: 1, carmine: 5, violet: 5, purple: 5 },
};

const hueOf = (color: string): number | undefined => lookUp(HUES, color.split('-')[0]);

/** A text colour: `red`, `blue-600`; '' for one that terminals do not have. */
export const lookOf = (color: string): string => {
  const hue = hueOf(color);
  return hue === undefined ? (color.startsWith('grey') ? '2' : '') : `3${hue}`;
};

/** The header's bar in the colour of its template: bright text on the colour; without a colour inverted. */
export const barLook = (template: string): string => {
  const hue = hueOf(template);
  if (hue === undefined) return template === 'grey' ? '1;97;100' : '1;7';
  return hue === 3 ? '1;30;43' : `1;97;4${hue}`;
};

/**
 * Words that may go to a terminal: no control or escape sequence, no character that turns the direction of writing; a
 * tab is a space.
 */
export const harmless = (words: string): string =>
  words
    .toWellFormed()
    .replace(/\t/g, ' ')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');

/** The same for places that have one line. */
export const harmlessLine = (words: string): string => harmless(words).replaceAll('\n', ' ');
