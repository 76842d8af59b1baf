import type { Json } from '../../model/dataset.ts';
import { withMarkerPlace } from '../../model/marker.ts';
import { CARD_BYTES } from '../rules/limits.ts';
import { isObject, type JsonObject, listOf, objectOf, objectsOf } from '../walk.ts';

/** What one card may have (cards: §4): bytes, objects with a tag, tables. */
export interface Room {
  readonly bytes: number;
  readonly tags: number;
  readonly tables: number;
}

const TAGS = 200;
const TABLES = 5;

/** A card that is not larger goes out as it is. */
export const WHOLE: Room = { bytes: CARD_BYTES, tags: TAGS, tables: TABLES };

/** One that has to be cut is cut to where no warning is due: Feishu counts bytes after a conversion of its own. */
export const CUT: Room = { bytes: 25_000, tags: TAGS, tables: TABLES };

/** A custom bot takes 20 KB with all that is around the card (custom bot guide). */
const BOT_BYTES = 20_000 - 256;
export const forBots = (room: Room): Room => ({ ...room, bytes: Math.min(room.bytes, BOT_BYTES) });

export const bytesOf = (json: Json): number => Buffer.byteLength(JSON.stringify(json));

export const tagsOf = (json: Json): number =>
  objectsOf(json).filter(({ node }) => typeof node['tag'] === 'string').length;

export const elementsOf = (card: JsonObject): readonly Json[] => listOf(objectOf(card['body'])['elements']);

export const isTable = (element: Json): boolean => isObject(element) && element['tag'] === 'table';

/** With the marker that its message will carry. */
export const fits = (card: Json, room: Room): boolean =>
  !isObject(card) ||
  (bytesOf(withMarkerPlace(card)) <= room.bytes &&
    tagsOf(card['body'] ?? null) <= room.tags &&
    elementsOf(card).filter(isTable).length <= room.tables);
