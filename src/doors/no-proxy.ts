import { isAddress, isInNetwork, isNetwork } from '../shared/network.ts';

type Host = {
  /** Lower case, an IPv6 address without its brackets. */
  name: string;
  port: string;
};

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

const schemePorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const hostOf = ({ protocol, hostname, port }: URL): Host => ({
  name: bare(hostname),
  port: port || (schemePorts[protocol] ?? ''),
});

/** One entry of `NO_PROXY` as a test. */
const testOf = (entry: string): ((host: Host) => boolean) => {
  if (entry === '*') return () => true;
  // A colon begins a port, unless it is one of an IPv6 address without brackets.
  const [, named = entry, port] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
  const name = bare(named);
  const isPort = (host: Host) => port === undefined || port === host.port;
  if (name.includes('/')) return (host) => isPort(host) && isNetwork(name) && isInNetwork(host.name, name);
  if (isAddress(name)) return (host) => isPort(host) && isInNetwork(host.name, name);
  // `10.*`, `logto-*.corp`: a star is any text; `*.corp` and `.corp` are all below that name.
  const domain = name.replace(/^\*?\./, '');
  if (domain.includes('*')) {
    const parts = domain.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
    const form = new RegExp(`^${parts.join('.*')}$`);
    return (host) => isPort(host) && form.test(host.name);
  }
  return (host) =>
    isPort(host) &&
    domain !== '' &&
    (host.name === domain || host.name.endsWith(`.${domain}`)) &&
    !isAddress(host.name);
};

/**
 * Which addresses are asked without a proxy, by a `NO_PROXY` as curl and Go read it: names with all below them, addresses,
 * networks in CIDR form, each with a port or for any; `*` is a wildcard. Entries are parted by commas or spaces.
 */
export const exceptedBy = (noProxy: string): ((url: URL) => boolean) => {
  const tests = noProxy
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(testOf);
  return (url) => {
    const host = hostOf(url);
    return tests.some((test) => test(host));
  };
};
