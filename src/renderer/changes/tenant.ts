import { journalList } from '../../shared/journal-view';
import { api } from '../link/api';
import { queries } from '../state/queries';
import { openQuery } from '../state/workspace';
import { askChangesState, stateKey } from './state';

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

/** Shows what was changed from this computer; `object`: of one object alone. */
export const openJournal = (profile: string, filters: Readonly<Record<string, string[]>> = {}) =>
  openQuery({ profile, resource: journalList, filters: { ...filters } });
