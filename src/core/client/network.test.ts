import { expect, test } from 'vitest';
import { errorValueOf } from '../../shared/errors.ts';
import { networkError } from './network.ts';

test('a part of the program that an update took away is not called the network', () => {
  const gone = Object.assign(new Error("Cannot find module 'out/npm/node-fetch.js'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  expect(networkError(gone, 'example.com')).toMatchObject({ code: 'program.replaced' });
  expect(errorValueOf(gone)).toEqual({ code: 'program.replaced', detail: {} });
});
