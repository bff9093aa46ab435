import { expect, test } from 'vitest';
import { identityOf, identityText, membershipsOf, membershipsText, rulesOf, rulesText } from './shapes';

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

test('an identity is an id, with details where there are any; details that are not JSON stay invalid', () => {
  expect(identityText({ userId: ' 42 ', details: '' })).toBe('{"userId":"42"}');
  expect(identityOf('{"userId":"42","details":{"a":1}}')).toMatchObject({ userId: '42' });
  expect(JSON.parse(identityText({ userId: '42', details: '{"a":1}' }))).toEqual({
    userId: '42',
    details: { a: 1 },
  });
  expect(() => JSON.parse(identityText({ userId: '42', details: '{"a":' }))).toThrow();
  expect(identityText({ userId: '', details: '' })).toBe('');
});

test('rules of an application are a line each; one without roles lets nobody in, and is not sent', () => {
  const rules = [{ organizationId: 'o1', organizationRoleIds: ['r1', 'r2'] }];
  expect(rulesOf(JSON.stringify(rules))).toEqual([{ organization: 'o1', roles: ['r1', 'r2'] }]);
  expect(rulesOf('')).toEqual([]);
  expect(rulesOf('{"no": "rules"}')).toEqual([]);
  const lines = [...rulesOf(JSON.stringify(rules)), { organization: 'o2', roles: [] }];
  expect(JSON.parse(rulesText(lines))).toEqual(rules);
  expect(rulesText([{ organization: '', roles: ['r1'] }])).toBe('');
});
