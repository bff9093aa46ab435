import { expect, test } from 'vitest';
import { isEnter, keysOf } from './keys';

const key = (name: string, native: { isComposing: boolean; keyCode: number }) =>
  isEnter({ key: name, nativeEvent: native as KeyboardEvent });

test('Enter is Enter, and the one that ends a composition is not', () => {
  expect(key('Enter', { isComposing: false, keyCode: 13 })).toBe(true);
  expect(key('Enter', { isComposing: true, keyCode: 229 })).toBe(false);
  expect(key('Enter', { isComposing: true, keyCode: 13 })).toBe(false);
  expect(key('Enter', { isComposing: false, keyCode: 229 })).toBe(false);
  expect(key('a', { isComposing: false, keyCode: 65 })).toBe(false);
});

test('keys are read as they are pressed', () => {
  expect(keysOf('mod+shift+T').shown).toMatch(/^(?:Ctrl Shift|⌘ ⇧) T$/);
  expect(keysOf('alt+ArrowLeft')).toEqual({
    code: 'alt+ArrowLeft',
    shown: expect.stringMatching(/^(?:Alt|⌥) ←$/),
  });
});
