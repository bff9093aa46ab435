import type { KeyboardEvent } from 'react';

/** True for Enter that means it: the one that ends a composition (Korean, Japanese, Chinese…) only takes its word. */
export const isEnter = ({ key, nativeEvent }: Pick<KeyboardEvent, 'key' | 'nativeEvent'>): boolean =>
  // Some systems report the composition by the code only.
  key === 'Enter' && !nativeEvent.isComposing && nativeEvent.keyCode !== 229;

/** Keys as the page names them, and as people read them. */
export type Keys = { code: string; shown: string };

export const isMac = /^Mac/.test(navigator.platform);

const signs: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  alt: isMac ? '⌥' : 'Alt',
  shift: isMac ? '⇧' : 'Shift',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowDown: '↓',
};

/** Keys pressed together, e.g. `mod+shift+T`: Ctrl, of a Mac ⌘, with Shift and T. */
export const keysOf = (code: string): Keys => ({
  code,
  shown: code
    .split('+')
    .map((part) => signs[part] ?? part)
    .join(' '),
});
