/** What this machine calls itself: a name or an address, without brackets. */
export const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;
