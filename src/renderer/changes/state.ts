import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../link/api';
import { askChangesState, stateKey } from '../state/changing';
import { useLocked } from '../state/lock';
import { secondsLeft } from './time-left';

/** How often the core is asked whether it still says the same, ms: another window may have locked. */
const askedEveryMs = 20_000;

/** Whether a tenant can be changed, as the core says; null until it did, and while the app is locked. */
export const useChangesState = (profile: string | undefined) => {
  const isLocked = useLocked((state) => state.locked) === true;
  const { data } = useQuery({
    queryKey: stateKey(profile ?? ''),
    queryFn: ({ signal }) => api.changes.state.query({ profile: profile ?? '' }, { signal }),
    enabled: profile !== undefined && !isLocked,
    refetchInterval: ({ state }) => (state.data?.unlockedUntil ? askedEveryMs : false),
    refetchOnWindowFocus: true,
  });
  return isLocked ? null : (data ?? null);
};

/** What unlocks and locks a tenant. What the core then says is shown, not what was asked. */
export const useUnlocking = (profile: string) => {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: stateKey(profile) });
  const unlock = useMutation({ mutationFn: () => api.changes.unlock.mutate({ profile }), onSettled });
  const lock = useMutation({ mutationFn: () => api.changes.lock.mutate({ profile }), onSettled });
  return { unlock, lock };
};

/** Seconds that a tenant stays unlocked; 0 when it is locked. Counts down by itself, and asks the core at the end. */
export const useSecondsLeft = (until: number | null): number => {
  const [now, setNow] = useState(Date.now());
  const left = secondsLeft(until, Math.max(now, Date.now()));
  useEffect(() => {
    if (until === null) return;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (secondsLeft(until, Date.now()) > 0) return;
      clearInterval(timer);
      askChangesState();
    }, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
};
