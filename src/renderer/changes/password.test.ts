import { expect, test } from 'vitest';
import { generatedPassword } from './password';

test('a generated password has every kind of character, and is never the same', () => {
  const made = Array.from({ length: 500 }, () => generatedPassword());
  expect(new Set(made).size).toBe(500);
  for (const one of made) {
    expect(one).toHaveLength(20);
    for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]) expect(one).toMatch(kind);
    expect(one).not.toMatch(/[Il1O0]/);
  }
});
