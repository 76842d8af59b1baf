import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml';
import type { Place } from '../model/errors.ts';
import { type Entry, entryOf, type Node } from './node.ts';

/** Reads a way like `body.elements[3].rows[0]["a.b"]` into its steps. */
const stepsOf = (path: string): readonly string[] =>
  [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    quoted === undefined ? (index ?? name ?? '') : (JSON.parse(`"${quoted}"`) as string),
  );

/** Where the way leads to in a file: the place of the key or item, or of the nearest thing above it that is there. */
export const placeAt = (root: Node, path: string | null): Place | null => {
  let node = root;
  let { at } = root;
  for (const step of stepsOf(path ?? '')) {
    if (node.kind === 'map') {
      const entry = entryOf(node, step);
      if (entry === undefined) return at;
      at = entry.at;
      node = entry.value;
    } else {
      const item = node.kind === 'list' ? node.items[Number(step)] : undefined;
      if (item === undefined) return at;
      ({ at } = item);
      node = item;
    }
  }
  return at;
};

/** Where each way leads to in a sound JSON text. */
export const placesIn = (text: string, file: string): ((path: string | null) => Place | null) => {
  const root = nodeOfJson(text, file);
  return (path) => placeAt(root, path);
};

/** The places of a sound JSON text. JSON is YAML, and `yaml` keeps where everything stands. */
const nodeOfJson = (text: string, file: string): Node => {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    schema: 'json',
    uniqueKeys: false,
    prettyErrors: false,
  });
  const placeOf = (node: YamlNode): Place => {
    const { line, col } = counter.linePos(node.range?.[0] ?? 0);
    return { file, line, column: col };
  };
  const convert = (node: unknown, fallback: Place): Node => {
    const at = isScalar(node) || isMap(node) || isSeq(node) ? placeOf(node) : fallback;
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => convert(item, at)) };
    if (!isMap(node)) return { kind: 'scalar', at, value: null, text: '' };
    const entries: Entry[] = node.items.map(({ key, value }) => {
      const keyAt = isScalar(key) ? placeOf(key) : at;
      return { key: isScalar(key) ? String(key.value) : '', at: keyAt, value: convert(value, keyAt) };
    });
    // of a key that stands twice JSON takes the last
    return { kind: 'map', at, entries: entries.reverse() };
  };
  return convert(document.contents, { file, line: 1, column: 1 });
};
