import { expect, test } from 'vitest';
import { checkValues } from './checks.ts';
import { findOperation } from './operations/index.ts';

const guardOf = (operation: string, after: object, forced: string[]) => {
  const found = findOperation(operation) ?? expect.fail(operation);
  return checkValues(found, { ...after }, {}, forced)?.guard ?? null;
};

test('a guard that is overridden lets nothing else of the same value through', () => {
  const avatar = (text: string) => ({ avatar: text });
  const script = `javascript:${'x'.repeat(3_000)}`;
  expect(guardOf('users.update', avatar(`${script}\0`), [])).toBe('nul');
  expect(guardOf('users.update', avatar(`${script}\0`), ['nul'])).toBe('too-long');
  expect(guardOf('users.update', avatar(`${script}\0`), ['nul', 'too-long'])).toBe('script-url');
  expect(guardOf('users.update', avatar(script), ['script-url', 'too-long'])).toBeNull();
  expect(guardOf('users.update', avatar('x'.repeat(3_000)), ['too-long'])).toBe('invalid-value');
  expect(guardOf('users.update', { name: `${'x'.repeat(200)}\0` }, ['nul'])).toBe('too-long');
  expect(guardOf('users.update', { name: `${'x'.repeat(200)}\0` }, ['nul', 'too-long'])).toBeNull();
  expect(guardOf('users.update', { username: 'a\0b' }, ['nul'])).toBe('invalid-value');
  // Another guard than this one says nothing of it.
  expect(guardOf('users.update', avatar('javascript:1'), ['nul', 'too-long'])).toBe('script-url');
  expect(guardOf('users.update', avatar('https://x.test/a.png'), [])).toBeNull();
});

test('a reference to a secret stands where a secret is, and nowhere else', () => {
  const entered = { secret: 'entered', key: 'k' };
  expect(guardOf('users.update', { username: entered }, [])).toBe('not-changeable');
  expect(guardOf('users.setPassword', { password: entered }, [])).toBeNull();
  expect(guardOf('users.setPassword', { password: 'in plain text' }, [])).toBe('invalid-value');
});

test('all fields whose values are not valid are named, and what else is wrong when they are mended', () => {
  const { fields } = findOperation('users.create') ?? expect.fail();
  const wrong = { primaryEmail: 'nobody', username: '1a', name: 'x'.repeat(200), primaryPhone: '12345' };
  expect(checkValues({ fields }, wrong)).toEqual({
    guard: 'invalid-value',
    about: 'username, primaryEmail',
  });
  expect(checkValues({ fields }, { ...wrong, primaryEmail: 'a@b.test', username: 'a' })).toEqual({
    guard: 'too-long',
    about: 'name',
  });
});
