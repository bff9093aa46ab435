import { basename } from 'node:path';
import type { Profile } from '../../shared/profile.ts';
import type { Mirrors } from '../mirror/mirror.ts';
import { snapshotExtension } from '../mirror/snapshot-file.ts';
import type { Profiles } from './profiles.ts';

/**
 * Verifies a snapshot and adds it as a tenant that is only read. Throws `snapshot.*`, `cancelled`; then nothing was
 * added.
 */
export const openSnapshot = (
  { mirrors, profiles }: { mirrors: Mirrors; profiles: Profiles },
  path: string,
  passphrase: string | null,
  signal?: AbortSignal,
): Promise<Profile> => {
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
};
