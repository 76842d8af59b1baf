/** Text as it may stand in HTML, between tags and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'`]/g, (one) => `&#${one.codePointAt(0)};`);

/** A link that a browser may follow, or null: only http and https. */
export const safeHref = (address: string): string | null =>
  /^https?:\/\//i.test(address.trim()) ? address.trim() : null;

export const linkHtml = (address: string, text: string): string => {
  const href = safeHref(address);
  if (href === null) return escapeHtml(text);
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${escapeHtml(text)}</a>`;
};
