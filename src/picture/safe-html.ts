export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** An address that may stand in an href: http, https or Feishu's applink; null for any other. */
export const safeHref = (address: string): string | null =>
  /^(?:https?:\/\/|(?:lark|feishu):\/\/applink\.)[^\s]+$/i.test(address) ? escapeHtml(address) : null;

/** A link where the address is safe, else only its words. `label` is HTML already. */
export const linkHtml = (address: string, label: string, name = 'lc-link'): string => {
  const href = safeHref(address);
  return href === null
    ? `<span class="${name}">${label}</span>`
    : `<a class="${name}" href="${href}" target="_blank" rel="noreferrer noopener">${label}</a>`;
};

/** A word of the card as part of a class name; `default` when there is none. */
export const className = (word: string): string => word.replace(/[^\w-]/g, '') || 'default';
