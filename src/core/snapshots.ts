import { basename } from 'node:path';
import { z } from 'zod';
import { DeskError } from '../shared/errors.ts';
import { type Profile, profileIdOf } from '../shared/profile.ts';
import { wellFormed } from '../shared/text.ts';
import type { Job, Jobs } from './jobs.ts';
import type { Mirrors } from './mirror/mirror.ts';
import type { Profiles } from './profiles.ts';

/** Ends of the names of files that hold snapshots; the desktop opens them by it. */
export const snapshotExtension = 'logtodesk';

/** Encrypts a snapshot. Short ones are guessed by whoever has the file. */
export const passphraseSchema = wellFormed.min(12).max(1_024).nullable();

export const snapshotPath = z.string().min(1).max(4_096);

type Deps = { mirrors: Mirrors; profiles: Profiles; jobs: Jobs };

/** Mirrors as files to hand over, and such files as tenants that are only read. */
export class Snapshots {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Writes what is mirrored of a tenant into a file. */
  start({ id, name, endpoint }: Profile, path: string, passphrase: string | null): Job {
    const about = { kind: 'snapshot' as const, title: name, profile: id, path, fileName: basename(path) };
    return this.#deps.jobs.start(about, async () => ({
      snapshot: await this.#deps.mirrors.snapshot(id, { path, tenant: { name, endpoint }, passphrase }),
    }));
  }

  /** Verifies a snapshot and adds it as a tenant. Throws `snapshot.*`; then nothing was added. */
  async open(path: string, passphrase: string | null): Promise<Profile> {
    const { mirrors, profiles } = this.#deps;
    const known = profiles.list();
    // Its id cannot follow from a name that is only known when it was read.
    const id = profileIdOf(
      `snapshot-${basename(path, `.${snapshotExtension}`)}`,
      known.map((profile) => profile.id),
    );
    const { tenant, takenAt } = await mirrors.openSnapshot(id, path, passphrase);
    try {
      return profiles.addSnapshot(id, tenant, takenAt);
    } catch (error) {
      await mirrors.remove(id).catch(() => {});
      throw error;
    }
  }
}

/** Refuses what needs a server. */
export const refuseSnapshot = ({ kind, name }: Profile) => {
  if (kind === 'snapshot') throw new DeskError('snapshot.no_server', { where: name });
};
