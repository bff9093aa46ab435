import { type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import type { Fetch } from '../core/client/send.ts';
import { isPublicAddress } from '../shared/network.ts';

/**
 * Looks names up for connections that may only go to the public network: a name with any other address is refused, and
 * the connection is made to the addresses that were looked at, so that a name server cannot change its mind in between.
 */
const publicOnly =
  (resolve: typeof lookup, isPublic: (address: string) => boolean): LookupFunction =>
  (name, options, answer) => {
    const asked: LookupOptions & { all: true } = { ...options, all: true };
    resolve(name, asked, (error, addresses) => {
      if (error) return answer(error, []);
      const inside = addresses.find(({ address }) => !isPublic(address));
      if (inside) return answer(new Error('The name leads into a private network'), []);
      if (options.all) return answer(null, addresses);
      const [first] = addresses;
      if (first) answer(null, first.address, first.family);
      else answer(new Error('The name has no address'), []);
    });
  };

/**
 * `fetch` that reaches nothing but the public network. `resolve`: who looks names up, the system where it is not said;
 * `isPublic`: which addresses those are, for a test that has none.
 */
export const publicFetch = (resolve: typeof lookup = lookup, isPublic = isPublicAddress): Fetch => {
  const dispatcher = new Agent({
    connect: { timeout: 10_000, rejectUnauthorized: true, lookup: publicOnly(resolve, isPublic) },
    connections: 6,
  });
  return (url, init) => fetch(url, { ...init, dispatcher });
};
