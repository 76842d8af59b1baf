import { problem } from '../model/errors.ts';
import type { Check, Probe } from '../model/health.ts';
import { MINUTE, parseDuration, SECOND } from '../model/time.ts';
import { object, optional } from './object.ts';
import { anything, duration, integer, list, made, oneOrMore, type Shape, template, text, wrongType } from './shape.ts';
import { configWords } from './words.ts';

type Address = { readonly host: string; readonly port: number };

const address = (port: number | null): Shape<Address> =>
  made(text(), (written, node, reading, path) => {
    const match = /^(?:\[([0-9a-f:]+)\]|([^:/\s]+))(?::(\d{1,5}))?$/i.exec(written);
    const at = Number(match?.[3] ?? port ?? 0);
    const host = match?.[1] ?? match?.[2];
    if (host !== undefined && at > 0 && at < 65_536) return { host, port: at };
    return wrongType(node, reading, path, { zh: '主机:端口', en: 'host:port' });
  });

/** A share (`80%`), a time (`2s`, in milliseconds) or a plain number. */
const threshold: Shape<number> = made(text(), (written, node, reading, path) => {
  const number = /^(\d+(?:\.\d+)?)\s*%?$/.exec(written)?.[1];
  const value = number === undefined ? parseDuration(written) : Number(number);
  return value ?? wrongType(node, reading, path, { zh: '数字、80% 或 2s', en: 'a number, 80% or 2s' });
});

const MINUTES = [1, 5, 15] as const;

/** Each kind of check: what stands under its name, and the keys of its own. */
const PROBES: Readonly<Record<Probe['probe'], Shape<Partial<Record<string, unknown>>>>> = {
  http: made(template, (url) => ({ url })),
  tcp: address(null),
  tls: address(443),
  dns: made(text(), (name) => ({ name })),
  disk: made(text(), (path) => ({ path })),
  memory: made(anything, () => ({})),
  load: made(integer({ min: 1, max: 15 }), (minutes, node, reading, path) =>
    MINUTES.includes(minutes as 1)
      ? { minutes }
      : wrongType(node, reading, path, { zh: '1、5 或 15(分钟)', en: '1, 5 or 15 minutes' }),
  ),
  process: made(text(), (name) => ({ name })),
  systemd: made(text(), (unit) => ({ unit })),
  command: made(list(text()), (argv) => ({ argv })),
};
const KINDS = Object.keys(PROBES) as Probe['probe'][];

const ENOUGH: Readonly<
  Partial<Record<Probe['probe'], { readonly warn: number | null; readonly critical: number | null }>>
> = {
  tls: { warn: 30, critical: 7 },
  disk: { warn: 80, critical: 90 },
  memory: { warn: 85, critical: 95 },
  process: { warn: null, critical: 1 },
};

const SHAPE = object({
  ...(Object.fromEntries(KINDS.map((kind) => [kind, optional(PROBES[kind], null)])) as Record<
    Probe['probe'],
    ReturnType<typeof optional<Partial<Record<string, unknown>>, null>>
  >),
  status: optional(oneOrMore(integer({ min: 100, max: 599 })), null),
  contains: optional(text(), null),
  expect: optional(text(), null),
  warn: optional(threshold, null),
  critical: optional(threshold, null),
  timeout: optional(duration, 10 * SECOND),
  tries: optional(integer({ min: 1, max: 5 }), 1),
});

const check = (name: string): Shape<Check> =>
  made(SHAPE, (read, node, reading, path) => {
    const kinds = KINDS.filter((kind) => read[kind] !== null);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1)
      return wrongType(node, reading, path, {
        zh: `${KINDS.join('、')} 中恰好一个`,
        en: `exactly one of ${KINDS.join(', ')}`,
      });
    const belongs = { status: 'http', contains: 'http', expect: 'dns' } as const;
    const stray = (Object.keys(belongs) as (keyof typeof belongs)[]).find(
      (key) => read[key] !== null && belongs[key] !== kind,
    );
    if (stray !== undefined) {
      reading.problems.push(problem(configWords, 'key-conflict', { key: stray, other: kind }, { at: node.at, path }));
      return null;
    }
    const own =
      kind === 'http'
        ? { status: read.status ?? [], contains: read.contains }
        : kind === 'dns'
          ? { expect: read.expect }
          : {};
    const usual = ENOUGH[kind];
    return {
      at: node.at,
      name,
      probe: { probe: kind, ...read[kind], ...own } as Probe,
      warn: read.warn ?? usual?.warn ?? null,
      critical: read.critical ?? usual?.critical ?? null,
      timeout: Math.min(read.timeout, 5 * MINUTE),
      tries: read.tries,
    };
  });

/** `{ 名字: { http: …, warn: 2s } }` */
export const healthChecks: Shape<readonly Check[]> = {
  read: (node, reading, path) => {
    if (node.kind !== 'map' || node.entries.length === 0)
      return wrongType(node, reading, path, { zh: '一组「名字: 检查」', en: 'a group of name: check' });
    const read = node.entries.map(({ key, value }) => check(key).read(value, reading, `${path}.${key}`));
    return read.includes(null) ? null : (read as Check[]);
  },
  schema: { type: 'object', additionalProperties: SHAPE.schema },
};
