/** What a token of the console may: look; also act on runs and jobs; also see who did what, and make tokens. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const mayDo = (role: Role, needs: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needs);

/** What the audit calls a token's owner: one line, and nothing that could be taken for somebody at the machine (`cli:`). */
export const TOKEN_NAME = /^(?!cli:)[^\p{Cc}\p{Cf}\u2028\u2029]{1,60}$/iu;
