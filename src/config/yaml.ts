import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { type Place, type Problem, problem } from '../model/errors.ts';
import type { Entry, Node } from './node.ts';
import { configWords } from './words.ts';
import { corrected, trapIn } from './yaml-traps.ts';

/** Ends the reading of a file whose structure cannot be trusted any further. */
const nothing = (at: Place | null): Node => ({ kind: 'scalar', at, value: null, text: '' });

/**
 * Reads a YAML text into nodes that know their place and their source text. All findings are pushed; null when the
 * text is no YAML. What YAML would silently read as something else is reported as `yaml-quote`, once a line.
 */
export const parseYaml = (text: string, file: string, problems: Problem[]): Node | null => {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const counter = new LineCounter();
  const document: Document.Parsed = parseDocument(text, {
    lineCounter: counter,
    intAsBigInt: true,
    prettyErrors: false,
    merge: false,
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col };
  };
  const trapped = new Set<number>();
  const quote = (at: Place, why: { zh: string; en: string } | null): boolean => {
    if (trapped.has(at.line)) return true;
    const line = lines[at.line - 1] ?? '';
    const better = corrected(line);
    const trap = why ?? trapIn(line);
    if (better === null || trap === null) return false;
    trapped.add(at.line);
    const { message, hint } = configWords['yaml-quote']({ why: '', corrected: better });
    const words = {
      zh: message.zh.replace('()', `(${trap.zh})`),
      en: message.en.replace('()', `(${trap.en})`),
    };
    const column = line.length - line.trimStart().length + 1;
    problems.push({ code: 'yaml-quote', severity: 'error', message: words, hint, at: { ...at, column }, path: null });
    return true;
  };

  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const left = faults.filter((fault) => {
      if (fault.code === 'DUPLICATE_KEY') {
        const at = placeOf(fault.pos[0]);
        const key = /^\s*(?:-\s+)?["']?([^:"']*)/.exec((lines[at.line - 1] ?? '').slice(at.column - 1))?.[1] ?? '';
        problems.push(problem(configWords, 'duplicate-key', { key: key.trim() }, { at }));
        return false;
      }
      return !quote(placeOf(fault.pos[0]), null);
    });
    // The first fault of a broken structure makes those after it: more than one would only confuse.
    const first = left[0];
    if (first !== undefined && trapped.size === 0) {
      problems.push(problem(configWords, 'yaml-syntax', { why: first.message }, { at: placeOf(first.pos[0]) }));
    }
    if (left.length > 0 || trapped.size > 0) return null;
  }

  const convert = (node: ParsedNode | null, fallback: Place): Node => {
    if (node === null) return nothing(fallback);
    const at = placeOf(node.range[0]);
    if (isAlias(node)) {
      quote(at, { zh: '* 开头是别名', en: 'a leading * is an alias' });
      return nothing(at);
    }
    if (node.tag?.startsWith('!')) quote(at, { zh: '! 开头是标签', en: 'a leading ! is a tag' });
    if (node.anchor !== undefined) quote(at, { zh: '& 开头是锚点', en: 'a leading & is an anchor' });
    if (isSeq(node)) {
      return { kind: 'list', at, items: node.items.map((item) => convert(item as ParsedNode, at)) };
    }
    if (isMap(node)) {
      const entries: Entry[] = [];
      for (const pair of node.items) {
        const key = pair.key as ParsedNode;
        const keyAt = key?.range ? placeOf(key.range[0]) : at;
        if (!isScalar(key)) {
          quote(keyAt, { zh: '{ 开头是映射', en: 'a leading { is a mapping' });
          continue;
        }
        if (node.flow === true && pair.value === null) {
          // `{ text: 查看, 详情 }`: the comma cut a text in two, and its second half became a key without a value
          quote(keyAt, { zh: '花括号里的逗号结束了前面的值', en: 'a comma inside braces ends the value before it' });
          continue;
        }
        entries.push({
          key: key.source ?? String(key.value),
          at: keyAt,
          value: convert(pair.value as ParsedNode, keyAt),
        });
      }
      return { kind: 'map', at, entries };
    }
    return scalar(node, at, text, lines, quote);
  };
  return document.contents === null
    ? nothing({ file, line: 1, column: 1 })
    : convert(document.contents, { file, line: 1, column: 1 });
};

const scalar = (
  node: ParsedNode,
  at: Place,
  text: string,
  lines: readonly string[],
  quote: (at: Place, why: { zh: string; en: string }) => boolean,
): Node => {
  if (!isScalar(node)) return nothing(at);
  const plain = node.type === 'PLAIN';
  const rest = text.slice(node.range[1], text.indexOf('\n', node.range[1]) >>> 0);
  // `报价 #1` and `#ff0000`: a comment that begins without a space was no comment in its author's mind
  if (plain && /^\s*#[^\s#]/.test(rest)) quote(at, { zh: '# 之后成了注释', en: 'what follows # became a comment' });
  const quotedScalar = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const first = lines[at.line] ?? '';
  return {
    kind: 'scalar',
    at: quotedScalar
      ? { ...at, column: at.column + 1 }
      : block
        ? { ...at, line: at.line + 1, column: first.length - first.trimStart().length + 1 }
        : at,
    value: resolvedValue(node.value),
    text: plain && typeof node.source === 'string' ? node.source : String(node.value ?? ''),
  };
};

const resolvedValue = (value: unknown): null | boolean | number | bigint | string => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};
