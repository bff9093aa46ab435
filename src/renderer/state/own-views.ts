import { journalList } from '../../shared/journal-view';
import { seenList } from '../../shared/seen-changes';
import { openQuery } from './workspace';

/** Shows what changed on a tenant. */
export const openSeen = (profile: string) => openQuery({ profile, resource: seenList, filters: {} });

/** Shows what was changed from this computer; `object`: of one object alone. */
export const openJournal = (profile: string, filters: Readonly<Record<string, string[]>> = {}) =>
  openQuery({ profile, resource: journalList, filters: { ...filters } });
