import ipaddr from 'ipaddr.js';

/** True for an IP address. The library takes `10.1` and `0x7f.1` for one, too: nobody who types these means that. */
export const isAddress = (text: string): boolean =>
  text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Networks that one condition can name; more would be looked through for every row. */
const mostNetworks = 256;
/** The longest form of a network, `ffff:…:255.255.255.255/128`, characters. */
const longestNetwork = 50;

const networkOf = (part: string): Network | null => {
  // The library throws for what is none, which takes its time: a link could have thousands of them.
  if (part.length > longestNetwork || !/^[\da-f:.]+(?:\/\d{1,3})?$/i.test(part)) return null;
  if (ipaddr.isValidCIDR(part)) return ipaddr.parseCIDR(part);
  if (!isAddress(part)) return null;
  const address = ipaddr.parse(part);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
};

/** Networks in CIDR form, joined by commas, as tests of an address; null when that is no network. */
const parsed = (text: string): ((address: string) => boolean) | null => {
  const networks: Network[] = [];
  const parts = text.slice(0, mostNetworks * (longestNetwork + 1)).split(',', mostNetworks + 1);
  if (parts.length > mostNetworks || parts.join().length < text.length) return null;
  for (const part of parts) {
    const network = networkOf(part.trim());
    if (!network) return null;
    networks.push(network);
  }
  return (entered) => {
    if (!isAddress(entered)) return false;
    // An IPv4 address may come as one of IPv6 (`::ffff:10.0.0.1`), where a server listens on both.
    const address = ipaddr.process(entered);
    return networks.some((network) => address.kind() === network[0].kind() && address.match(network));
  };
};

/** Several conditions are held against many rows: none is read anew for each. */
const known = new Map<string, ReturnType<typeof parsed>>();
const mostKnown = 32;

const testOf = (text: string) => {
  const before = known.get(text);
  if (before !== undefined) return before;
  const test = parsed(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, test);
  return test;
};

/** RFC 4291 2.4, and IANA's registry of the address space. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** True for an address of the public network: none of this machine, of a private network, or of a special use. */
export const isPublicAddress = (entered: string): boolean => {
  if (!isAddress(entered)) return false;
  const address = ipaddr.process(entered);
  if (address.range() !== 'unicast') return false;
  // Of IPv6, what is given out to networks; among the rest are old forms of IPv4 addresses (`::127.0.0.1`).
  return address.kind() === 'ipv4' || address.match(globalUnicast);
};

/** True for an address or a network in CIDR form, `10.0.0.0/8` or `2001:db8::/32`, or several of them joined by commas. */
export const isNetwork = (text: string): boolean => testOf(text) !== null;

/** True when an address is in one of the networks; false for what is no address. */
export const isInNetwork = (address: string, networks: string): boolean =>
  testOf(networks)?.(address) ?? false;
