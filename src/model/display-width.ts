const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Shown as a picture because U+FE0F asks for it: ❤️ */
const AS_EMOJI = /\p{Extended_Pictographic}\uFE0F/u;

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** What a reader takes for one character: an emoji of several code points is one. */
export const graphemes = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

const widthOf = (grapheme: string): number =>
  NOTHING.test(grapheme) ? 0 : WIDE.test(grapheme) || AS_EMOJI.test(grapheme) ? 2 : 1;

/** Columns a text takes in a terminal: Chinese characters and emoji take two. */
export const displayWidth = (text: string): number =>
  /^[\u0020-\u007e]*$/.test(text) ? text.length : graphemes(text).reduce((sum, one) => sum + widthOf(one), 0);

/** As much from the front of a text as fits into `width` columns. */
export const headOf = (text: string, width: number): string => {
  let [kept, used] = ['', 0];
  for (const one of graphemes(text)) {
    used += widthOf(one);
    if (used > width) break;
    kept += one;
  }
  return kept;
};
