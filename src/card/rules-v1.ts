import { type CardFinding, finding } from './finding.ts';
import { checkHeader } from './rules-v2.ts';
import { isObject, type JsonObject } from './walk.ts';

/** Card JSON 1.0 (no `schema`, or "1.0"): unknown keys are ignored, so a 2.0 card without its schema shows nothing. */
export const checkV1 = (card: JsonObject): CardFinding[] => {
  const { schema, body, elements } = card;
  const named = schema === undefined || schema === '1.0' || schema === null;
  return [
    ...(named
      ? []
      : [
          finding(
            'card-schema',
            { schema: typeof schema === 'string' ? schema : JSON.stringify(schema) },
            { path: 'schema', feishu: 200621 },
          ),
        ]),
    ...(named && isObject(body) && elements === undefined
      ? [finding('card-looks-v2', undefined, { path: 'body' })]
      : []),
    ...(elements !== undefined && elements !== null && !Array.isArray(elements)
      ? [finding('card-elements-list', { key: 'elements' }, { path: 'elements', feishu: 200621 })]
      : []),
    ...checkHeader(card, { v2: false }),
  ];
};
