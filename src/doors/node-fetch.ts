import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { requestsAtOnce } from '../core/client/limiter.ts';
import type { Fetch } from '../core/client/send.ts';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Proxies of the environment: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either case. */
const proxiesOf = (env: NodeJS.ProcessEnv) => ({
  httpProxy: env.http_proxy || env.HTTP_PROXY,
  httpsProxy: env.https_proxy || env.HTTPS_PROXY,
  noProxy: env.no_proxy || env.NO_PROXY || '',
});

/** True when requests to `url` go through a proxy of the environment, whose `NO_PROXY` is left to the agent. */
export const proxiedBy =
  (env: NodeJS.ProcessEnv) =>
  (url: string): boolean => {
    const { protocol, hostname } = new URL(url);
    const { httpProxy, httpsProxy, noProxy } = proxiesOf(env);
    const excepted = noProxy.split(',').some((entry) => {
      const suffix = entry.trim().replace(/^\*?\./, '');
      return suffix === '*' || (suffix !== '' && (hostname === suffix || hostname.endsWith(`.${suffix}`)));
    });
    return (
      !loopback.includes(hostname) && !excepted && Boolean(protocol === 'https:' ? httpsProxy : httpProxy)
    );
  };

/**
 * `fetch` for Node: connections kept alive, answers compressed, the environment's proxies, and besides Node's own
 * certificates those of the system and of `NODE_EXTRA_CA_CERTS`.
 */
export const nodeFetch = (env: NodeJS.ProcessEnv = process.env): Fetch => {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
  const { httpProxy, httpsProxy, noProxy } = proxiesOf(env);
  const dispatcher = new EnvHttpProxyAgent({
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    noProxy: [noProxy, ...loopback].filter(Boolean).join(','),
    // Said at every place: `NODE_TLS_REJECT_UNAUTHORIZED` is not heeded.
    connect: { timeout: 10_000, rejectUnauthorized: true },
    requestTls: { rejectUnauthorized: true },
    proxyTls: { rejectUnauthorized: true },
    keepAliveTimeout: 20_000,
    connections: requestsAtOnce,
  });
  return (url, { headers, ...init }) =>
    fetch(url, { ...init, headers: { 'accept-encoding': 'gzip, br', ...headers }, dispatcher });
};
