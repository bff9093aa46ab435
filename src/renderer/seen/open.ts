import { seenList } from '../../shared/seen-changes';
import { openQuery } from '../state/workspace';

/** Shows what changed on a tenant. */
export const openSeen = (profile: string) => openQuery({ profile, resource: seenList, filters: {} });
