export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** An address that may stand in an href: http, https or Feishu's applink; null for any other. */
export const safeHref = (address: string): string | null =>
  /^(https?|lark|feishu):\/\/[^\s]+$/i.test(address) ? escapeHtml(address) : null;
