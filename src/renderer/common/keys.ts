import type { KeyboardEvent } from 'react';

/** True for Enter that means it: the one that ends a composition (Korean, Japanese, Chinese…) only takes its word. */
export const isEnter = ({ key, nativeEvent }: Pick<KeyboardEvent, 'key' | 'nativeEvent'>): boolean =>
  // Some systems report the composition by the code only.
  key === 'Enter' && !nativeEvent.isComposing && nativeEvent.keyCode !== 229;
