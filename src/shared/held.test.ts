import { expect, test } from 'vitest';
import { secretRefOf } from './change/secrets.ts';
import { heldTo } from './held.ts';
import { linkRequest } from './link.ts';
import { viewsOfFile } from './saved-view.ts';

/** Poses as a text; to compare its length with a number throws. */
const posing = { length: { valueOf: 1, toString: 1 } };

test('what poses as a text is not of a schema, and nothing throws', () => {
  const call = { type: 'query', id: 1, path: posing };
  expect(() => linkRequest.safeParse(call)).toThrow(TypeError);
  expect(heldTo(linkRequest, call)).toBeNull();
  expect(secretRefOf({ secret: 'hidden', shown: 'x', print: posing })).toBeNull();
  const file = { kind: 'logto-desk-views', version: 1, views: [{ name: posing, url: posing }] };
  expect(() => viewsOfFile(JSON.stringify(file))).toThrow(expect.objectContaining({ code: 'query.invalid' }));
});
