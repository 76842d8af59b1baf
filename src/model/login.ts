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

export const NO_LOGIN: LoginSettings = { feishu: null, oidc: null };

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

/** The highest role that one of their identities has; null: none, so they may not come in. Letters' case makes no other person. */
export const roleOf = ({ identities }: Pick<Person, 'identities'>, roles: RoleMap): Role | null => {
  const theirs = new Set(['*', ...identities.map((each) => each.toLowerCase())]);
  return [...ROLES].reverse().find((role) => roles[role].some((each) => theirs.has(each.toLowerCase()))) ?? null;
};
