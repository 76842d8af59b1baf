import type { Json } from '../model/dataset.ts';
import type { Place } from '../model/errors.ts';

/** What stands at one place of a settings file, before anybody has said what it should mean. */
export type Node = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** the place of the text's first character; inside a block scalar that of its first line */
  readonly at: Place | null;
  /** what YAML made of it */
  readonly value: null | boolean | number | bigint | string;
  /** the text as its author wrote it, without quotes: `00123` and `6e8` stay what they are */
  readonly text: string;
}

export interface ListNode {
  readonly kind: 'list';
  readonly at: Place | null;
  readonly items: readonly Node[];
}

export interface Entry {
  readonly key: string;
  readonly at: Place | null;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly at: Place | null;
  readonly entries: readonly Entry[];
}

export const entryOf = (map: MapNode, key: string): Entry | undefined => map.entries.find((entry) => entry.key === key);

/** The plain value below a node, for places that take any JSON. A whole number too long for a double stays text. */
export const jsonOf = (node: Node): Json => {
  switch (node.kind) {
    case 'list':
      return node.items.map(jsonOf);
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key, jsonOf(entry.value)]));
    case 'scalar':
      return typeof node.value === 'bigint' ||
        (typeof node.value === 'number' && !Number.isSafeInteger(node.value) && Number.isInteger(node.value))
        ? node.text
        : node.value;
  }
};
