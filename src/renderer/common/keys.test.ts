import { expect, test } from 'vitest';
import { isEnter } from './keys';

const key = (name: string, native: { isComposing: boolean; keyCode: number }) =>
  isEnter({ key: name, nativeEvent: native as KeyboardEvent });

test('Enter is Enter, and the one that ends a composition is not', () => {
  expect(key('Enter', { isComposing: false, keyCode: 13 })).toBe(true);
  expect(key('Enter', { isComposing: true, keyCode: 229 })).toBe(false);
  expect(key('Enter', { isComposing: true, keyCode: 13 })).toBe(false);
  expect(key('Enter', { isComposing: false, keyCode: 229 })).toBe(false);
  expect(key('a', { isComposing: false, keyCode: 65 })).toBe(false);
});
