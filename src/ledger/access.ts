import type { Role } from '../model/role.ts';
import type { Ms } from '../model/time.ts';

/** A token as lists show it. Itself is known to its owner alone. */
/** A token, or a person who logs in by a provider and has no token. */
export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Ms;
  readonly usedAt: Ms | null;
  /** somebody known by a provider: there is no secret that would be theirs */
  readonly person: boolean;
}

export interface Session {
  readonly token: AccessToken;
  readonly expiresAt: Ms;
}

/** Who may speak to the console. Everything is named by its hash: what is secret never comes here. */
export interface Access {
  tokens(): Promise<readonly AccessToken[]>;
  /** null: there is none with this hash. Notes that it was used */
  tokenBy(hash: string): Promise<AccessToken | null>;
  /** null: `onlyFirst`, and there is one already */
  make(token: {
    readonly name: string;
    readonly role: Role;
    readonly hash: string;
    readonly onlyFirst?: boolean;
  }): Promise<AccessToken | null>;
  /** who logs in by a provider, as they are called and what they may as of now; `key` tells them from all others */
  person(who: { readonly key: string; readonly name: string; readonly role: Role }): Promise<AccessToken>;
  /** its sessions are over, too; false: there was none */
  revoke(id: string): Promise<boolean>;
  open(session: { readonly hash: string; readonly token: string; readonly expiresAt: Ms }): Promise<void>;
  /** null: there is none, or it is over */
  session(hash: string): Promise<Session | null>;
  end(hash: string): Promise<void>;
}

/** Who did what. */
export interface AuditEntry {
  readonly at: Ms;
  /** the token's name, or `cli:` and the user of the machine */
  readonly who: string;
  readonly role: Role | null;
  readonly what: string;
  readonly job: string | null;
  readonly run: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** `ok`, or an error's code */
  readonly outcome: string;
}

export interface Audit {
  note(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** newest first; `before`: the id of the last one seen */
  page(how: {
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly (AuditEntry & { readonly id: number })[]>;
}
