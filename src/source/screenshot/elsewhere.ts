/** How pages are called where one has to say who one is; a dashboard may be called `login-errors`. */
const LOGIN = /[/#](log[-_]?in|sign[-_]?in|log[-_]?on|auth|oauth2?|sso|saml2?|cas|passport)(\.\w+)?([/?#]|$)/i;

const whereOf = (url: string): string => {
  const { origin, pathname, hash } = new URL(url);
  return `${origin}${pathname.replace(/\/$/, '')}${hash.startsWith('#/') ? hash.replace(/\?.*$/, '') : ''}`;
};

/**
 * Whether another page came than the one that was asked for: one of another origin, or one where one logs in. A page may
 * well lead on to another path (`/d/abc` to `/d/abc/sales`).
 */
export const isElsewhere = (asked: string, came: string, hasPassword: boolean): boolean => {
  if (!URL.canParse(came) || !/^https?:/.test(came)) return true;
  const [from, to] = [whereOf(asked), whereOf(came)];
  if (from === to) return false;
  if (new URL(asked).origin !== new URL(came).origin) return !isHttpsOf(asked, came);
  return hasPassword || (LOGIN.test(new URL(came).pathname + new URL(came).hash) && !LOGIN.test(from));
};

/** The same host by https: that is where it was meant to lead. */
const isHttpsOf = (asked: string, came: string): boolean => {
  const [from, to] = [new URL(asked), new URL(came)];
  return from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname;
};
