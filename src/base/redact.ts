/** Hides secrets in text that leaves: the registered ones, and what looks like one wherever it comes from. */
export interface Redactor {
  readonly hide: (text: string) => string;
  readonly add: (secret: string) => void;
}

const HIDDEN = '***';
/** Shorter ones would hide ordinary words. */
const SHORTEST = 6;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // with a digit or `=`: "basic information" is none
  [/\b(Bearer|Basic)\s+(?=[A-Za-z+/_.~-]*[\d=])[A-Za-z0-9+/=_.~-]{6,}/gi, `$1 ${HIDDEN}`],
  // tenant and user access tokens (Feishu: access-token): one long word with a digit, so `t-shirt-red-2026` is none
  [/\b([tu])-(?=[A-Za-z_.~]*\d)[A-Za-z0-9_.~]{16}[A-Za-z0-9_.~-]*/g, `$1-${HIDDEN}`],
  // a token of our own console
  [/\blct_[A-Za-z0-9_-]{20,}/g, `lct_${HIDDEN}`],
  // user:password@ in an address
  [/([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/?#]+@/gi, `$1${HIDDEN}@`],
  // a custom bot's address is its password (Feishu: custom bot guide)
  [/(\/bot\/v2\/hook\/)[A-Za-z0-9-]+/g, `$1${HIDDEN}`],
  [
    /("?(?:app_secret|appSecret|tenant_access_token|password|secret)"?\s*[:=]\s*"?)(?!\$\{)[^\s",}&]{4,}/gi,
    `$1${HIDDEN}`,
  ],
];

export const createRedactor = (known: readonly string[]): Redactor => {
  const secrets = new Set<string>();
  /** the longest first: a short one may be a part of it */
  let ordered: readonly string[] = [];
  const add = (secret: string): void => {
    if (secret.length < SHORTEST) return;
    secrets.add(secret);
    // as it stands inside JSON and addresses
    secrets.add(JSON.stringify(secret).slice(1, -1));
    secrets.add(encodeURIComponent(secret.toWellFormed()));
    ordered = [...secrets].sort((a, b) => b.length - a.length);
  };
  for (const secret of known) add(secret);
  return {
    add,
    hide: (text) => {
      let hidden = text;
      for (const secret of ordered) hidden = hidden.replaceAll(secret, HIDDEN);
      for (const [pattern, instead] of PATTERNS) hidden = hidden.replace(pattern, instead);
      return hidden;
    },
  };
};
