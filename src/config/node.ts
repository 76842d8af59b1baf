import type { Template } from '../model/card.ts';
import type { Json, Value } from '../model/dataset.ts';
import type { Place } from '../model/errors.ts';
import type { JobCode, MadeText } from '../model/job-code.ts';

/** What stands at one place of a settings file, before anybody has said what it should mean. */
export type Node = ScalarNode | ListNode | MapNode | CodeNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** the place of the text's first character; inside a block scalar that of its first line */
  readonly at: Place | null;
  /** what YAML made of it */
  readonly value: null | boolean | number | bigint | string;
  /** the text as its author wrote it, without quotes: `00123` and `6e8` stay what they are */
  readonly text: string;
  /** made by a function: what of it is data, and never read as a template */
  readonly made?: MadeText<Value>;
}

/** A function in a TypeScript job. */
export interface CodeNode extends JobCode {
  readonly kind: 'code';
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
  /** returned by a function: its keys are data */
  readonly isData?: true;
}

export const entryOf = (map: MapNode, key: string): Entry | undefined => map.entries.find((entry) => entry.key === key);

/** A key or a name as a text: of what a function returned it is data, else its author's template. */
export const nameText = (name: string, node: Node): Template => ({
  source: name,
  at: node.at,
  ...((node.kind === 'scalar' && node.made !== undefined) || (node.kind === 'map' && node.isData)
    ? { made: { literals: ['', ''], values: [name] } }
    : {}),
});

/** The plain value below a node, for places that take any JSON. A whole number too long for a double stays text. */
export const jsonOf = (node: Node): Json => {
  switch (node.kind) {
    case 'code':
      return null;
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
