import type { BlockList, LookupFunction } from 'node:net';

/**
 * Addresses that are not the public internet's (IANA: special-purpose address registries): this machine, private and
 * shared networks, link-local (where clouds keep their metadata), documentation, multicast, and IPv6 forms that carry
 * an IPv4 address inside.
 */
const PRIVATE: readonly (readonly [address: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

let list: BlockList | null = null;

const blocked = (): BlockList => {
  if (list !== null) return list;
  const { BlockList } = process.getBuiltinModule('node:net');
  list = new BlockList();
  for (const [address, prefix] of PRIVATE) list.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');
  return list;
};

/** Whether this IP address is one of the public internet. An IPv4 address inside an IPv6 one counts as what it is. */
export const isPublic = (address: string): boolean => {
  const { isIP } = process.getBuiltinModule('node:net');
  const family = isIP(address);
  return family !== 0 && !blocked().check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** Why a connection was not made. */
export const notPublic = (host: string, address: string): Error =>
  new Error(
    host === address
      ? `${host} is a private address, which network.privateAddresses refuses`
      : `${host} is ${address}, a private address, which network.privateAddresses refuses`,
  );

/** A name's addresses, where all of them are public. Asked as the socket is made, so that no second answer can differ. */
export const publicLookup: LookupFunction = (host, options, found) => {
  const { lookup } = process.getBuiltinModule('node:dns');
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return found(error, '', 0);
    const wrong = addresses.find(({ address }) => !isPublic(address));
    const [first] = addresses;
    if (wrong !== undefined) found(notPublic(host, wrong.address), '', 0);
    else if (options.all === true) found(null, addresses);
    else found(null, first?.address ?? '', first?.family ?? 0);
  });
};
