import { ROLES, type Role } from './role.ts';

/** Who gets which role, by what a provider says of them; `*`: whoever it lets in. */
export type RoleMap = Readonly<Record<Role, readonly string[]>>;

/** People log in with Feishu, through an app of the settings. */
export interface FeishuLogin {
  readonly app: string;
  readonly roles: RoleMap;
}

/** People log in with a provider of OpenID Connect. `name`: what the button says. */
export interface OidcLogin {
  /** as its discovery document calls itself */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string | null;
  readonly roles: RoleMap;
}

export interface LoginSettings {
  readonly feishu: FeishuLogin | null;
  readonly oidc: OidcLogin | null;
}

export const NO_LOGIN = { feishu: null, oidc: null } satisfies LoginSettings;

export const LOGIN_WAYS = ['feishu', 'oidc'] as const;
export type LoginWay = (typeof LOGIN_WAYS)[number];

/** Somebody whom a provider knows. */
export interface Person {
  readonly way: LoginWay;
  /** theirs alone and for ever, with this provider */
  readonly subject: string;
  /** for people: a name and what tells two of one name apart */
  readonly shown: string;
  /** what a role may be given by; the first is what an administrator would write */
  readonly identities: readonly [string, ...string[]];
}

const MOST_LETTERS = 40;
const MOST_OF_ID = 255;
const shortened = (text: string, most: number): string =>
  text.length > most
    ? `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
    : text;
/** One line without what is not seen: no letter that turns the direction, none that hides. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();

/** A person for people. What somebody calls themselves is theirs to choose: it must not crowd out what tells them apart. */
export const shownAs = (called: string, id: string): string => {
  const [name, known] = [shortened(oneLine(called), MOST_LETTERS), shortened(oneLine(id), MOST_OF_ID)];
  return name === '' || name === known ? known : `${name} (${known})`;
};

/** The letters' case makes no other e-mail address; it does make another subject, open_id or group. */
const comparable = (identity: string): string =>
  /^(?!group:|sub:).+@/.test(identity) ? identity.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : identity;

/** The highest role that one of their identities has; null: none, so they may not come in. */
export const roleOf = ({ identities }: Pick<Person, 'identities'>, roles: RoleMap): Role | null => {
  const theirs = new Set(['*', ...identities.map(comparable)]);
  return [...ROLES].reverse().find((role) => roles[role].some((each) => theirs.has(comparable(each)))) ?? null;
};
