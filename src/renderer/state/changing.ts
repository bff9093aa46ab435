import { api } from '../link/api';
import { queries } from './queries';

/** What the core says of whether a tenant can be changed is kept under. */
export const stateKey = (profile: string) => ['changes', 'state', profile];

/** Asks the core anew whether tenants can be changed. */
export const askChangesState = () => void queries.invalidateQueries({ queryKey: ['changes', 'state'] });

type Known = Awaited<ReturnType<typeof api.changes.state.query>>;

const known = (profile: string): Known | undefined => queries.getQueryData(stateKey(profile));

/** Unlocked as far as the core said so last, and its time is not over. */
export const isUnlocked = (profile: string): boolean => (known(profile)?.unlockedUntil ?? 0) > Date.now();

export const canChange = (profile: string): boolean => known(profile)?.access === 'read-write';

export const canUnlock = (profile: string): boolean => canChange(profile) && !isUnlocked(profile);

// Whether it worked is what the core says then.
export const unlockTenant = (profile: string) =>
  void api.changes.unlock
    .mutate({ profile })
    .finally(askChangesState)
    .catch(() => {});
export const lockTenant = (profile: string) =>
  void api.changes.lock
    .mutate({ profile })
    .finally(askChangesState)
    .catch(() => {});
