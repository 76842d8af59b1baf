export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** An address that may stand in an href: http, https or Feishu's applink; null for any other. */
export const safeHref = (address: string): string | null =>
  /^(?:https?:\/\/|(?:lark|feishu):\/\/applink\.)[^\s]+$/i.test(address) ? escapeHtml(address) : null;

/** A link where the address is safe, else only its words. `label` is HTML already. */
export const linkHtml = (address: string, label: string, name = 'lc-link', more = ''): string => {
  const href = safeHref(address);
  return href === null
    ? `<span class="${name}"${more}>${label}</span>`
    : `<a class="${name}" href="${href}" target="_blank" rel="noreferrer noopener"${more}>${label}</a>`;
};

/** What may stand in an img's src: a data: URL of a picture, or a path of the page's own; null for any other. */
export const pictureSource = (source: string | null): string | null =>
  source !== null && /^(?:data:image\/[\w.+-]+;base64,[\w+/=]+|\/(?!\/)[\w./%-]*)$/.test(source) ? source : null;

/** A word of the card as part of a class name; `default` when there is none. */
export const className = (word: string): string => word.replace(/[^\w-]/g, '') || 'default';
