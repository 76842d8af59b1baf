import { userInfo } from 'node:os';
import { clockText } from '../../acts/time.ts';
import { actWords } from '../../acts/words.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { ROLES, type Role, TOKEN_NAME } from '../../model/role.ts';
import { utc, utcOrNull } from '../../report/run-json.ts';
import { hashOf, newToken } from '../../web/secrets.ts';
import { type Act, text } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';

const roleOf = (written: string | null): Role => {
  const role = ROLES.find((each) => each === (written ?? 'admin'));
  if (role !== undefined) return role;
  const expected = { zh: ROLES.join('、'), en: `one of ${ROLES.join(', ')}` };
  throw failure(actWords, 'bad-value', { option: '--role', value: written ?? '', expected }, { status: 2 });
};

const MOST_LETTERS = 60;

const opened = async (context: Context) => {
  const app = await context.app(context.project([]));
  return { app, ledger: app.ledger(), zone: app.project.settings.timezone };
};

const self = (): string => `cli:${userInfo().username}`;

/** `larkcron console token`: a token that is shown this once; the ledger keeps a hash of it. */
export const token: Act = async ({ options }, context) => {
  const { out } = context;
  const role = roleOf(text(options, 'role'));
  const name = (text(options, 'name') ?? userInfo().username).trim().slice(0, MOST_LETTERS);
  if (!TOKEN_NAME.test(name)) {
    const expected = { zh: '一行名字,不以 cli: 开头', en: 'a name of one line that does not begin with cli:' };
    throw failure(actWords, 'bad-value', { option: '--name', value: name, expected }, { status: 2 });
  }
  const { ledger } = await opened(context);
  const secret = newToken();
  const made = await ledger.access.make({ name, role, hash: hashOf(secret) });
  await ledger.audit.note({
    ...{ who: self(), role: null, what: 'token.make', job: null, run: null },
    ...{ details: { name, role }, outcome: 'ok' },
  });
  out.note(
    out.say({ zh: `${name}(${role})的令牌,只显示这一次:`, en: `The token of ${name} (${role}), shown this once:` }),
  );
  out.revealResult(secret, { id: made?.id ?? null, name, role, token: secret });
  return 0;
};

/** `larkcron console tokens`: all that are taken now. */
export const tokens: Act = async (_call, context) => {
  const { out } = context;
  const { ledger, zone } = await opened(context);
  const all = await ledger.access.tokens();
  for (const { id, name, role, usedAt } of all) {
    const used =
      usedAt === null
        ? out.say({ zh: '还没用过', en: 'never used' })
        : out.say({ zh: `上次使用 ${clockText(usedAt, zone)}`, en: `last used ${clockText(usedAt, zone)}` });
    out.line(`${id.slice(0, 8)}  ${role}  ${name}  ${used}`);
  }
  if (all.length === 0)
    out.line(
      out.say({ zh: '还没有令牌:larkcron console token', en: 'There are no tokens yet: larkcron console token' }),
    );
  out.data({
    tokens: all.map(({ id, name, role, createdAt, usedAt }) => ({
      ...{ id, name, role },
      createdAt: utc(createdAt),
      lastUsedAt: utcOrNull(usedAt),
    })),
  });
  return 0;
};

/** `larkcron console revoke TOKEN`: by its id, a beginning of it, or its name. */
export const revoke: Act = async ({ args }, context) => {
  const { out } = context;
  const written = args[0] ?? '';
  const { ledger } = await opened(context);
  const all = await ledger.access.tokens();
  const found = all.filter(({ id, name }) => name === written || (written.length >= 4 && id.startsWith(written)));
  const [one] = found;
  if (one === undefined) {
    const known = all.map(({ name }) => name);
    throw failure(
      cliWords,
      'unknown-token',
      { token: written, known, suggestion: nearest(written, known) },
      { status: 2 },
    );
  }
  if (found.length > 1)
    throw failure(
      cliWords,
      'several-tokens',
      { token: written, ids: found.map(({ id }) => id.slice(0, 8)) },
      { status: 2 },
    );
  await ledger.access.revoke(one.id);
  await ledger.audit.note({
    ...{ who: self(), role: null, what: 'token.revoke', job: null, run: null },
    ...{ details: { name: one.name, id: one.id }, outcome: 'ok' },
  });
  out.line(out.say({ zh: `✓ 已作废 ${one.name}(${one.role})`, en: `✓ ${one.name} (${one.role}) is revoked` }));
  out.data({ revoked: one.id });
  return 0;
};
