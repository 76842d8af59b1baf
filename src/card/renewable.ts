import type { Json } from '../model/dataset.ts';

const record = (value: Json | undefined): { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};

/**
 * Whether a card may be renewed in place: Feishu asks for `config.update_multi: true` in the old and in the new one
 * (im-v1/message-card/patch), and takes it for granted in a 2.0 card that does not say no.
 */
export const isRenewable = (card: Json): boolean => {
  const root = record(card);
  const shared = record(root['config'])['update_multi'];
  return root['schema'] === '2.0' ? shared !== false : shared === true;
};
