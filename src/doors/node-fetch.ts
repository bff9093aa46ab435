import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, fetch } from 'undici';
import { requestsAtOnce } from '../core/client/limiter.ts';
import type { Fetch } from '../core/client/send.ts';
import { exceptedBy } from './no-proxy.ts';

/** What runs on this machine never goes through a proxy. */
const loopback = '127.0.0.0/8,localhost,[::1]';

/** Proxies of the environment: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either case. */
const proxiesOf = (env: NodeJS.ProcessEnv) => ({
  httpProxy: env.http_proxy || env.HTTP_PROXY,
  httpsProxy: env.https_proxy || env.HTTPS_PROXY,
  noProxy: env.no_proxy || env.NO_PROXY || '',
});

/** True when requests to `url` go through a proxy of the environment. */
export const proxiedBy = (env: NodeJS.ProcessEnv) => {
  const { httpProxy, httpsProxy, noProxy } = proxiesOf(env);
  const isExcepted = exceptedBy(`${noProxy},${loopback}`);
  return (address: string): boolean => {
    const url = new URL(address);
    return Boolean(url.protocol === 'https:' ? httpsProxy : httpProxy) && !isExcepted(url);
  };
};

/**
 * `fetch` for Node: connections kept alive, answers compressed, the environment's proxies, and besides Node's own
 * certificates those of the system and of `NODE_EXTRA_CA_CERTS`.
 */
export const nodeFetch = (env: NodeJS.ProcessEnv = process.env): Fetch => {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
  const { httpProxy, httpsProxy } = proxiesOf(env);
  const options = {
    // Said at every place: `NODE_TLS_REJECT_UNAUTHORIZED` is not heeded.
    connect: { timeout: 10_000, rejectUnauthorized: true },
    keepAliveTimeout: 20_000,
    connections: requestsAtOnce,
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
  return (url, { headers, ...init }) =>
    fetch(url, {
      ...init,
      headers: { 'accept-encoding': 'gzip, br', ...headers },
      dispatcher: isProxied(url) ? through : direct,
    });
};
