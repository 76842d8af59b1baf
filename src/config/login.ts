import { LOOPBACK } from '../base/loopback.ts';
import { problem } from '../model/errors.ts';
import type { LoginSettings, RoleMap } from '../model/login.ts';
import { nearest } from '../model/nearest.ts';
import type { App } from '../model/settings.ts';
import { networkWords } from './network-words.ts';
import { object, optional, required } from './object.ts';
import { made, oneOrMore, type Reading, type Shape, text } from './shape.ts';
import { configWords } from './words.ts';

/** A provider is asked over HTTPS: what it answers says who somebody is. */
const issuer: Shape<string> = made(text(), (value, node, reading, path) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname.replace(/^\[|\]$/g, '')));
  if (isSafe && url.search === '' && url.hash === '') return value;
  reading.problems.push(problem(networkWords, 'bad-issuer', { value }, { at: node.at, path }));
  return null;
});

const people = optional(oneOrMore(text()), [] as readonly string[]);

const roles: Shape<RoleMap> = made(
  object({ viewer: people, operator: people, admin: people }),
  (map, node, reading, path) => {
    if (Object.values(map).some((each) => each.length > 0)) return map;
    reading.problems.push(problem(networkWords, 'no-roles', undefined, { at: node.at, path }));
    return null;
  },
);

const named: Shape<{ readonly name: string; readonly at: Reading['problems'][number]['at'] }> = made(
  text(),
  (name, node) => ({
    name,
    at: node.at,
  }),
);

export const loginShape = object({
  feishu: optional(object({ app: optional(named, null), roles: required(roles) }), null),
  oidc: optional(
    object({
      issuer: required(issuer),
      clientId: required(text()),
      clientSecret: required(text()),
      name: optional(text(), null),
      roles: required(roles),
    }),
    null,
  ),
});

type Written = NonNullable<ReturnType<typeof loginShape.read>>;

/** The app by whose side people log in: the one that is named, else `default`, else the only one. */
export const resolveLogin = (
  written: Written,
  apps: Readonly<Record<string, App>>,
  reading: Pick<Reading, 'problems'>,
): LoginSettings => {
  const { feishu, oidc } = written;
  if (feishu === null) return { feishu, oidc };
  const names = Object.keys(apps);
  const app = feishu.app?.name ?? (names.includes('default') ? 'default' : (names[0] ?? 'default'));
  if (!names.includes(app))
    reading.problems.push(
      problem(
        configWords,
        'unknown-app',
        { name: app, suggestion: nearest(app, names) },
        { at: feishu.app?.at ?? null, path: 'console.login.feishu.app' },
      ),
    );
  return { feishu: { app, roles: feishu.roles }, oidc };
};
