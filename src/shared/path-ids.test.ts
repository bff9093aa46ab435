import { expect, test } from 'vitest';
import { pathValues } from './query.ts';

test('an id that would climb out of its path is refused', () => {
  for (const id of ['.', '..', ''])
    expect(() => pathValues('/api/users/{userId}/roles', id)).toThrow(
      expect.objectContaining({ code: 'query.invalid' }),
    );
  expect(() => pathValues('/api/a/{one}/b/{two}', 'x/..')).toThrow();
  expect(pathValues('/api/users/{userId}/roles', '...')).toEqual({ userId: '...' });
});
