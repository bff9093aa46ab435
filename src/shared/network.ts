import ipaddr from 'ipaddr.js';

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Networks that one condition can name; more would be looked through for every row. */
const mostNetworks = 256;
/** The longest form of a network, `ffff:…:255.255.255.255/128`, characters. */
const longestNetwork = 50;

const networkOf = (part: string): Network | null => {
  // The library throws for what is none, which takes its time: a link could have thousands of them.
  if (part.length > longestNetwork || !/^[\da-f:.]+(?:\/(?:0|[1-9]\d{0,2}))?$/i.test(part)) return null;
  const [named = '', length] = part.split('/');
  // Of a network, too: the library takes `192.168/16` for 192.0.0.0/16, and `010.0.0.0/8` for 8.0.0.0/8.
  if (!isAddress(named) || (length !== undefined && !ipaddr.isValidCIDR(part))) return null;
  const entered = ipaddr.parse(named);
  const bits = length === undefined ? (entered.kind() === 'ipv4' ? 32 : 128) : Number(length);
  // As addresses are: one of IPv4 may be written as one of IPv6 (`::ffff:10.0.0.0/104`).
  const mapped = ipaddr.process(named);
  return mapped.kind() === entered.kind() || bits < 96 ? [entered, bits] : [mapped, bits - 96];
};

const dot = 46;
const zero = 48;

/** An IPv4 address of four decimal parts as a number of 32 bits; null for anything else. A million rows ask for it at once. */
const numberOf = (text: string): number | null => {
  let all = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (digits === 0) return null;
      all = all * 256 + part;
      part = 0;
      digits = 0;
      dots += 1;
      continue;
    }
    const digit = code - zero;
    // A part that begins with a zero is read as octal by some, and by nobody meant so.
    if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return null;
    part = part * 10 + digit;
    digits += 1;
    if (part > 255) return null;
  }
  return dots === 3 && digits > 0 ? all * 256 + part : null;
};

/** Nothing else is an address of IPv6. The library finds that out by throwing, which takes as long as a hundred addresses do. */
const mayBeIpv6 = /^[\da-f:.]+(?:%[\da-z]+)?$/i;

/** True for an IP address. The library takes `10.1` and `0x7f.1` for one, too: nobody who types these means that. */
export const isAddress = (text: string): boolean =>
  text.includes(':')
    ? mayBeIpv6.test(text) &&
      ipaddr.IPv6.isValid(text) &&
      (!text.includes('.') || numberOf(text.slice(text.lastIndexOf(':') + 1)) !== null)
    : numberOf(text) !== null;

/** The numbers of an IPv4 network, from its first to its last; null for one of IPv6. */
const spanOf = ([address, bits]: Network): readonly [number, number] | null => {
  const first = address.kind() === 'ipv4' ? numberOf(address.toString()) : null;
  if (first === null) return null;
  const size = 2 ** (32 - bits);
  const from = Math.floor(first / size) * size;
  return [from, from + size - 1];
};

/** Beginnings that are looked for at most. */
const mostBeginnings = 1_024;

/** What addresses of an IPv4 network begin with: their first parts, but for the last one, up to the one in which the network ends. */
const beginningsIn = (network: Network): string[] => {
  const [from, to] = spanOf(network) ?? [0, -1];
  const parts = Math.min(3, Math.ceil(network[1] / 8));
  const step = 256 ** (4 - parts);
  const found: string[] = [];
  for (let first = from; parts > 0 && first <= to; first += step) {
    const octets = Array.from({ length: parts }, (_, at) => Math.floor(first / 256 ** (3 - at)) % 256);
    found.push(`${octets.join('.')}.`);
  }
  return found;
};

/**
 * What texts begin with that are addresses of IPv4 in one of these networks: parts with their dots, as `10.0.`; null where
 * that is not known. An address of IPv6 has a colon.
 */
export const beginningsOf = (networks: string): string[] | null => {
  const found = new Set<string>();
  for (const part of networks.split(',', mostNetworks)) {
    const network = networkOf(part.trim());
    if (network?.[0].kind() === 'ipv6') continue;
    const beginnings = network ? beginningsIn(network) : [];
    if (beginnings.length === 0 || found.size + beginnings.length > mostBeginnings) return null;
    for (const beginning of beginnings) found.add(beginning);
  }
  return [...found];
};

/** Networks in CIDR form, joined by commas, as tests of an address; null when that is not a network. */
const parsed = (text: string): ((address: string) => boolean) | null => {
  const networks: Network[] = [];
  const parts = text.slice(0, mostNetworks * (longestNetwork + 1)).split(',', mostNetworks + 1);
  if (parts.length > mostNetworks || parts.join().length < text.length) return null;
  for (const part of parts) {
    const network = networkOf(part.trim());
    if (!network) return null;
    networks.push(network);
  }
  const spans = networks.flatMap((network) => {
    const span = spanOf(network);
    return span ? [span] : [];
  });
  return (entered) => {
    const number = numberOf(entered);
    if (number !== null) return spans.some(([from, to]) => from <= number && number <= to);
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

/** True when an address is in one of the networks; false for what is not an address. */
export const isInNetwork = (address: string, networks: string): boolean =>
  testOf(networks)?.(address) ?? false;
