import { expect, test } from 'vitest';
import { identityOf, identityText, membershipsOf, membershipsText } from './shapes';

test('memberships are a line each, and those without an organization are not sent', () => {
  const text = membershipsText([
    { organization: 'o1', roles: ['r1', 'r2'] },
    { organization: '', roles: ['r3'] },
    { organization: 'o2', roles: [] },
  ]);
  expect(JSON.parse(text)).toEqual({ o1: ['r1', 'r2'], o2: [] });
  expect(membershipsOf(text)).toEqual([
    { organization: 'o1', roles: ['r1', 'r2'] },
    { organization: 'o2', roles: [] },
  ]);
  expect(membershipsText([{ organization: '', roles: [] }])).toBe('');
});

test('an identity is an id, with details where there are any; details that are no JSON stay mistaken', () => {
  expect(identityText({ userId: ' 42 ', details: '' })).toBe('{"userId":"42"}');
  expect(identityOf('{"userId":"42","details":{"a":1}}')).toMatchObject({ userId: '42' });
  expect(JSON.parse(identityText({ userId: '42', details: '{"a":1}' }))).toEqual({
    userId: '42',
    details: { a: 1 },
  });
  expect(() => JSON.parse(identityText({ userId: '42', details: '{"a":' }))).toThrow();
  expect(identityText({ userId: '', details: '' })).toBe('');
});
