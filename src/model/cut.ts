/** What was left out of a message's cards so that Feishu takes them: said on the card, and kept with its run. */
export interface Cut {
  readonly what: 'rows' | 'points' | 'characters' | 'blocks';
  readonly dataset: string | null;
  readonly shown: number;
  readonly of: number;
  /** too many bytes, too many elements, more tables than a card may have */
  readonly reason: 'size' | 'elements' | 'tables';
  /** the card that it stands in, or would have; 1 is the first */
  readonly part: number;
  /** the attached file that has all of it */
  readonly file: string | null;
}
