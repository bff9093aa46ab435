import type { Profile } from '../../shared/profile.ts';
import type { Session } from '../client/session.ts';
import type { Names } from '../rows/names.ts';
import type { Batch } from './batch.ts';
import { harvest } from './harvest.ts';
import type { HarvestOptions } from './options.ts';
import type { HarvestReport } from './report.ts';

/** Where rows come from: a tenant, and the way to read all of a view of it. */
export type Source = {
  profile: Profile;
  read(options: Omit<HarvestOptions, 'session' | 'clock'>): AsyncGenerator<Batch, HarvestReport>;
  /** What rows of a list are called, by id; absent where nobody can tell. */
  namesOf?: (list: string, ids: readonly string[]) => Promise<Names>;
};

/** A server as a source. */
export const serverSource = (session: Session, clock: () => number): Source => ({
  profile: session.profile,
  read: (options) => harvest({ ...options, session, clock }),
});
