import ipaddr from 'ipaddr.js';

/** True for an IP address. The library takes `10.1` and `0x7f.1` for one, too: nobody who types these means that. */
export const isAddress = (text: string): boolean =>
  text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);

/** Networks in CIDR form, joined by commas, as tests of an address; null when that is no network. */
const parsed = (text: string): ((address: string) => boolean) | null => {
  const networks = text.split(',').flatMap((part): [ipaddr.IPv4 | ipaddr.IPv6, number][] => {
    const one = part.trim();
    if (ipaddr.isValidCIDR(one)) return [ipaddr.parseCIDR(one)];
    if (!isAddress(one)) return [];
    const address = ipaddr.parse(one);
    return [[address, address.kind() === 'ipv4' ? 32 : 128]];
  });
  if (networks.length < text.split(',').length) return null;
  return (entered) => {
    if (!isAddress(entered)) return false;
    // An IPv4 address may come as one of IPv6 (`::ffff:10.0.0.1`), where a server listens on both.
    const address = ipaddr.process(entered);
    return networks.some((network) => address.kind() === network[0].kind() && address.match(network));
  };
};

let last: { text: string; test: ReturnType<typeof parsed> } = { text: '', test: null };

const testOf = (text: string) => {
  // One network is held against many rows.
  if (last.text !== text) last = { text, test: parsed(text) };
  return last.test;
};

/** True for an address of the public network: none of this machine, of a private network, or of a special use. */
export const isPublicAddress = (address: string): boolean =>
  isAddress(address) && ipaddr.process(address).range() === 'unicast';

/** True for an address or a network in CIDR form, `10.0.0.0/8` or `2001:db8::/32`, or several of them joined by commas. */
export const isNetwork = (text: string): boolean => testOf(text) !== null;

/** True when an address is in one of the networks; false for what is no address. */
export const isInNetwork = (address: string, networks: string): boolean =>
  testOf(networks)?.(address) ?? false;
