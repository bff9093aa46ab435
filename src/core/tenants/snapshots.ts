import { basename } from 'node:path';
import { z } from 'zod';
import type { Profile } from '../../shared/profile.ts';
import { wellFormed } from '../../shared/text.ts';
import type { Job, Jobs } from '../jobs/jobs.ts';
import type { Mirrors } from '../mirror/mirror.ts';
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

  /** Writes what is mirrored of a tenant into a file; cancelled, it leaves nothing. */
  start(profile: Profile, path: string, passphrase: string | null): Job {
    const { id, name, endpoint } = profile;
    const about = { kind: 'snapshot' as const, title: name, profile: id, path, fileName: basename(path) };
    const asked = { path, tenant: { name, endpoint }, passphrase };
    return this.#deps.jobs.start(about, async (signal) => ({
      snapshot: await this.#deps.mirrors.snapshot(profile, asked, signal),
    }));
  }

  /** Verifies a snapshot and adds it as a tenant. Throws `snapshot.*`, `cancelled`; then nothing was added. */
  async open(path: string, passphrase: string | null, signal?: AbortSignal): Promise<Profile> {
    const { mirrors, profiles } = this.#deps;
    const stem = `snapshot-${basename(path, `.${snapshotExtension}`)}`;
    return mirrors.openSnapshot(
      path,
      passphrase,
      async ({ tenant, takenAt }, made) => {
        const profile = profiles.addSnapshot(stem, tenant, takenAt);
        try {
          await mirrors.place(profile, made);
          return profile;
        } catch (error) {
          await profiles.remove(profile.id).catch(() => {});
          throw error;
        }
      },
      signal,
    );
  }
}
