import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, fetch } from 'undici';
import { requestsAtOnce } from '../core/client/limiter.ts';
import type { Fetch } from '../core/client/send.ts';
import { proxiedBy, proxiesOf } from './proxies.ts';

let trustsSystem = false;

/** Certificates of the system count beside Node's own: read, some 70 ms, when a connection is first checked by them. */
const trustSystem = () => {
  if (trustsSystem) return;
  trustsSystem = true;
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
};

/**
 * `fetch` for Node: connections kept alive, answers compressed, the environment's proxies, and besides Node's own
 * certificates those of the system and of `NODE_EXTRA_CA_CERTS`.
 */
export const nodeFetch = (env: NodeJS.ProcessEnv = process.env): Fetch => {
  const { httpProxy, httpsProxy } = proxiesOf(env);
  const options = {
    // Said at every place: `NODE_TLS_REJECT_UNAUTHORIZED` is not heeded.
    connect: { timeout: 10_000, rejectUnauthorized: true },
    keepAliveTimeout: 20_000,
    connections: requestsAtOnce,
    // `Link` repeats a long search up to four times: 16 kB, as usual, is a lost connection.
    maxHeaderSize: 65_536,
  };
  const direct = new Agent(options);
  // Which addresses it serves is decided here: it knows no networks.
  const through = new EnvHttpProxyAgent({
    ...options,
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    requestTls: { rejectUnauthorized: true },
    proxyTls: { rejectUnauthorized: true },
    noProxy: '',
  });
  const isProxied = proxiedBy(env);
  return (url, { headers, ...init }) => {
    const dispatcher = isProxied(url) ? through : direct;
    if (dispatcher === through || url.startsWith('https:')) trustSystem();
    return fetch(url, { ...init, headers: { 'accept-encoding': 'gzip, br', ...headers }, dispatcher });
  };
};
