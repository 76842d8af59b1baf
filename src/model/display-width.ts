const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Shown as a picture because U+FE0F asks for it: ❤️ */
const AS_EMOJI = /\p{Extended_Pictographic}\uFE0F/u;

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Texts of these characters alone, which is most of them, need no segmenter: each is one grapheme, and wide or not by its
 * code (Latin, Chinese, full-width forms, arrows, lines and blocks).
 */
const PLAIN =
  /^[\u0020-\u007e\u00a1-\u00ac\u00af-\u02ff\u2013-\u2026\u2039\u203a\u2190-\u2193\u2500-\u259f\u2800-\u28ff\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]*$/;

/** What a reader takes for one character: an emoji of several code points is one. */
export const graphemes = (text: string): string[] =>
  PLAIN.test(text) ? text.split('') : [...segmenter.segment(text)].map(({ segment }) => segment);

const widthOf = (grapheme: string): number =>
  NOTHING.test(grapheme) ? 0 : WIDE.test(grapheme) || AS_EMOJI.test(grapheme) ? 2 : 1;

/** Columns a text takes in a terminal: Chinese characters and emoji take two. */
export const displayWidth = (text: string): number => {
  if (!PLAIN.test(text)) return graphemes(text).reduce((sum, one) => sum + widthOf(one), 0);
  let width = text.length;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) >= 0x3000) width += 1;
  return width;
};

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
