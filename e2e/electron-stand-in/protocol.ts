import type { Route } from 'playwright-core';
import type { Protocol } from '../../src/main/electron.ts';

const handlers = new Map<string, Parameters<Protocol['handle']>[1]>();
const privileged = new Set<string>();

export const protocol: Protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  handle: (scheme, handler) => {
    if (!privileged.has(scheme)) throw new Error(`The scheme ${scheme} was not registered before the start`);
    handlers.set(scheme, handler);
  },
};

const suffix = '.localhost';

/** `scheme://host/path` as Chromium can show it. */
export const shownAt = (url: string): string => {
  const { protocol: scheme, host, pathname, search } = new URL(url);
  return `http://${host}.${scheme.slice(0, -1)}${suffix}${pathname}${search}`;
};

/** The app's own address for one that Chromium shows; any other address stays as it is. */
export const ownAddress = (shown: string): string => {
  if (!URL.canParse(shown)) return shown;
  const { host, pathname, search } = new URL(shown);
  const [, own, scheme] = /^(.+)\.([^.]+)\.localhost$/.exec(host) ?? [];
  return own && scheme && privileged.has(scheme) ? `${scheme}://${own}${pathname}${search}` : shown;
};

/** The origin of an address of the app, as Electron gives it for a standard scheme. */
export const ownOrigin = (shown: string): string => {
  const own = ownAddress(shown);
  if (!URL.canParse(own)) return 'null';
  const { protocol: scheme, host, origin } = new URL(own);
  return privileged.has(scheme.slice(0, -1)) ? `${scheme}//${host}` : origin;
};

/** Answers a request of a page by the app's handler, headers and all. False when the address is not the app's. */
export const answer = async (route: Route): Promise<boolean> => {
  const request = route.request();
  const url = ownAddress(request.url());
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) return false;
  const response = await handler(new Request(url, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
  return true;
};
