import { useCallbackRef } from '@mantine/hooks';
import { createContext, type RefObject, useContext, useLayoutEffect, useRef } from 'react';
import { type Act, tellAct } from '../state/front';
import { useProfile } from '../state/profiles';
import { frontTab } from '../state/tab-list';
import { tabQuery, useWorkspace } from '../state/workspace';
import type { Place } from './command';

/** Where the operator is: in the tab in front. */
export const usePlace = (): Place => {
  const tab = useWorkspace(frontTab);
  const tenant = useProfile((tab && tabQuery(tab)?.profile) ?? undefined);
  return { tab: tab?.id ?? null, tenant: tenant ?? null };
};

/** The view that something is drawn in. */
export const ViewPlace = createContext<Place>({ tab: null, tenant: null });

/** Where what is drawn in a view gives its commands: in that view, whichever is in front. */
export const useHere = (): Place => useContext(ViewPlace);

/** Says what a command does in the view that this is drawn in; null while it cannot be done. */
export const useAct = (act: Act, does: ((column?: string) => void) | null) => {
  const { tab } = useHere();
  const latest = useCallbackRef((column?: string) => does?.(column));
  const isDone = does !== null;
  useLayoutEffect(
    () => (tab !== null && isDone ? tellAct(tab, act, latest) : undefined),
    [tab, act, isDone, latest],
  );
};

/** For the box that the search of the view is typed into: the command puts the cursor there. */
export const useSearched = (): RefObject<HTMLInputElement | null> => {
  const box = useRef<HTMLInputElement>(null);
  useAct('search', () => {
    box.current?.focus();
    box.current?.select();
  });
  return box;
};
