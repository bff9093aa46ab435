import { useEffect } from 'react';
import { create } from 'zustand';
import { api } from '../link/api';
import { usePreferences } from './preferences';

/** Whether the app is locked, as the core says; null until it said so. */
export const useLocked = create<{ locked: boolean | null }>(() => ({ locked: null }));

export const lock = () => void api.lock.close.mutate();
export const unlock = () => api.lock.open.mutate();

/** Follows the core's lock, which the system's screen lock and other windows close too. */
export const useLockFollowing = () =>
  useEffect(() => {
    const subscription = api.lock.watch.subscribe(undefined, {
      onData: (locked) => useLocked.setState({ locked }),
    });
    return () => subscription.unsubscribe();
  }, []);

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Locks after a while without a sign of the operator; 0 minutes: never. */
export const useIdleLock = () => {
  const minutes = usePreferences().preferences?.lockAfterMinutes ?? 0;
  const locked = useLocked((state) => state.locked);
  useEffect(() => {
    if (minutes === 0 || locked !== false) return;
    let timer = setTimeout(lock, minutes * 60_000);
    let seenAt = Date.now();
    const seen = () => {
      // Pointers move often; a second more or less does not matter.
      if (Date.now() - seenAt < 1_000) return;
      seenAt = Date.now();
      clearTimeout(timer);
      timer = setTimeout(lock, minutes * 60_000);
    };
    for (const sign of signs) window.addEventListener(sign, seen, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, seen);
    };
  }, [minutes, locked]);
};
