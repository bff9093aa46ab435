import { expect, test } from 'vitest';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import { isPassing, networkError } from './network.ts';

test('a part of the program that an update took away is not called the network', () => {
  const gone = Object.assign(new Error("Cannot find module 'out/npm/node-fetch.js'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  expect(networkError(gone, 'example.com')).toMatchObject({ code: 'program.replaced' });
  expect(errorValueOf(gone)).toEqual({ code: 'program.replaced', detail: {} });
});

test('what passes by itself is asked again: a network, and a server that is asked too much or is not there yet', () => {
  const passes = (code: ConstructorParameters<typeof DeskError>[0], status?: number) =>
    isPassing(new DeskError(code, status === undefined ? {} : { status }));
  for (const code of ['network.refused', 'network.timeout', 'network.interrupted', 'network.dns'] as const)
    expect(passes(code), code).toBe(true);
  for (const code of ['network.tls', 'network.redirected', 'cancelled', 'token.missing_role'] as const)
    expect(passes(code), code).toBe(false);
  for (const status of [429, 502, 503, 504]) expect(passes('http.unreadable', status)).toBe(true);
  for (const status of [200, 400, 401, 404, 500, 501, 505]) expect(passes('http.server', status)).toBe(false);
});
