/** A database's address without user and password, as it may be shown. */
export const shownUrl = (url: string): string => url.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/, '');
