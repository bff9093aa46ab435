import { exceptedBy } from './no-proxy.ts';

/** What runs on this machine never goes through a proxy. */
const loopback = '127.0.0.0/8,localhost,[::1]';

/** Proxies of the environment: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either case. */
export const proxiesOf = (env: NodeJS.ProcessEnv) => ({
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
