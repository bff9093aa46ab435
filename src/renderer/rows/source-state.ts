import { useSyncExternalStore } from 'react';
import type { ListState } from './list-state';
import type { ListSource } from './source';

/** What is known of a list now, for a component that reads its rows while it is drawn: it is drawn anew when there are others. */
export const useSourceState = (source: ListSource): ListState =>
  useSyncExternalStore(source.watch, () => source.state);
