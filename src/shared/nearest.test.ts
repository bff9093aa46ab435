import { expect, test } from 'vitest';
import { nearest, nearestOf } from './nearest.ts';

test('a name is found that was mistyped, or only begun', () => {
  const names = ['primaryEmail', 'primaryPhone', 'username', 'createdAt'];
  expect(nearest('primaryEmial', names)).toBe('primaryEmail');
  expect(nearestOf('primary', names, 5)).toEqual(['primaryEmail', 'primaryPhone']);
  // The end of a path is the name that people know it by.
  expect(nearest('ip', ['id', 'payload.ip'])).toBe('payload.ip');
  expect(nearest('nothingOfThis', names)).toBeNull();
  // More was typed than it has; of three letters that says nothing.
  expect(nearest('createdAtOfTheUser', names)).toBe('createdAt');
  expect(nearest('rolesOfTheWholeUser', ['name', 'roles'])).toBe('roles');
  expect(nearest('idOfTheWholeUser', ['id', 'name'])).toBeNull();
  expect(nearest('keyOfTheWholeUser', ['key'])).toBeNull();
  expect(nearest('theNewestUsername', names)).toBeNull();
});

test('names without end, of a hostile server, are not held against one another sign by sign', () => {
  const endless = Array.from({ length: 300 }, (_, n) => `${'a'.repeat(100_000)}${n}`);
  expect(nearestOf('emial', [...endless, 'email'], 5)).toEqual(['email']);
  expect(nearest('a'.repeat(1_000_000), endless)).toBeNull();
});
