import type { Text } from '../model/text.ts';

/** The likely word as a hint; where there is none, something else to go by. */
export const didYouMean = (suggestion: string | null, otherwise: Text): Text =>
  suggestion === null ? otherwise : { zh: `是不是想写 ${suggestion}?`, en: `Did you mean ${suggestion}?` };
