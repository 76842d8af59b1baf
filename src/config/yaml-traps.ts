import type { Text } from '../model/text.ts';

/** Indentation and dashes, a key with its colon, the value. */
const KEYED = /^(\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s:{}[\],"'#-][^:]*?): +)(\S.*)$/;
const ITEM = /^(\s*(?:- +)+)(\S.*)$/;

const split = (line: string): { head: string; value: string } | null => {
  const match = KEYED.exec(line) ?? ITEM.exec(line);
  return match === null ? null : { head: match[1] as string, value: (match[2] as string).trimEnd() };
};

/** What in this line means something to YAML that its author did not mean; null when nothing is known to. */
export const trapIn = (line: string): Text | null => {
  const value = split(line)?.value;
  if (value === undefined || /^["'|>]/.test(value)) return null;
  if (value.startsWith('{{') || value.startsWith('{%')) return { zh: '{ 开头是映射', en: 'a leading { is a mapping' };
  if (/^[{[]/.test(value)) {
    return /\{\{|\$\{|[{,]\s*[^:,]*: *[*&!%@`]|[[,]\s*[*&!%@`]/.test(value)
      ? { zh: '花括号、方括号里的特殊字符', en: 'a special character inside braces or brackets' }
      : null;
  }
  if (value.startsWith('*')) return { zh: '* 开头是别名', en: 'a leading * is an alias' };
  if (/^[@`%&!]/.test(value)) {
    return { zh: `${value[0]} 是 YAML 的保留字符`, en: `a leading ${value[0]} is reserved` };
  }
  if (/: /.test(value) || value.endsWith(':')) return { zh: '冒号加空格是键', en: 'a colon and a space make a key' };
  return / #/.test(value) ? { zh: '# 之后成了注释', en: 'what follows # became a comment' } : null;
};

const PLAIN = /^(?:-?\d+(?:\.\d+)?|true|false|null|[\p{L}\p{N}_./+%-][^,:#{}[\]"'&*!|>@`]*)$/u;

const quoted = (value: string): string =>
  /^(["']).*\1$/s.test(value)
    ? value
    : PLAIN.test(value)
      ? value
      : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** `{ text: 查看, 详情, url: ${X} }` → `{ text: "查看, 详情", url: "${X}" }`: a comma ends a value only before the next key. */
const braces = (value: string): string | null => {
  const inside = /^\{\s*(.*?)\s*\}$/s.exec(value)?.[1];
  if (inside === undefined) return null;
  const parts = inside.split(/,\s*(?=[\p{L}_][\p{L}\p{N}_]*:\s)/u);
  const pairs = parts.map((part) => /^([\p{L}_][\p{L}\p{N}_]*):\s+(.*)$/su.exec(part));
  if (pairs.some((pair) => pair === null)) return null;
  return `{ ${pairs.map((pair) => `${pair?.[1]}: ${nested(pair?.[2]?.trim() ?? '')}`).join(', ')} }`;
};

const nested = (value: string): string =>
  /^\{(?!\{)/.test(value) ? (braces(value) ?? quoted(value)) : /^\[.*\]$/s.test(value) ? value : quoted(value);

/** The line as its author meant it, with quotes; null when no rule knows how. */
export const corrected = (line: string): string | null => {
  const parts = split(line);
  if (parts === null) return null;
  const { head, value } = parts;
  if (/^\{(?!\{|%)/.test(value)) {
    const better = braces(value);
    return better === null ? null : head.trimStart() + better;
  }
  if (value.startsWith('[')) {
    const items = /^\[\s*(.*?)\s*\]$/s.exec(value)?.[1]?.split(/,\s*/);
    return items === undefined ? null : `${head.trimStart()}[${items.map(quoted).join(', ')}]`;
  }
  return `${head.trimStart()}"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
};
