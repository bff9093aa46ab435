import { z } from 'zod';
import type { Profile } from '../../shared/profile.ts';
import type { JobKind } from '../jobs/kind.ts';
import { type SnapshotManifest, snapshotManifestSchema } from './manifest.ts';
import type { Mirrors } from './mirror.ts';
import { passphraseSchema } from './snapshot-file.ts';

const snapshotRequestSchema = z.object({ profile: z.string(), passphrase: passphraseSchema });
type SnapshotRequest = z.infer<typeof snapshotRequestSchema>;

export type SnapshotResult = { rows: number; manifest: SnapshotManifest };

const resultSchema = z.object({ rows: z.number().int().min(0), manifest: snapshotManifestSchema });

/** Lists that are kept of a manifest, of those that it has in part: the file has all. */
const keptLists = 50;

type Deps = { profileOf: (profile: string) => Promise<Profile>; mirrors: Mirrors };

/** What is kept of a tenant, into a file to hand over; cancelled, it leaves nothing. */
export const snapshotJob = ({
  profileOf,
  mirrors,
}: Deps): JobKind<'snapshot', SnapshotRequest, SnapshotResult> => ({
  id: 'snapshot',
  request: snapshotRequestSchema,
  result: resultSchema,
  makes: 'file',
  trimmed: ({ rows, manifest }) => ({
    rows,
    manifest: {
      ...manifest,
      lists: manifest.lists.filter(({ wholeAt }) => wholeAt === null).slice(0, keptLists),
    },
  }),
  async open({ profile: idOrName, passphrase }, { path = '' }) {
    const profile = await profileOf(idOrName);
    const { id, name, endpoint } = profile;
    return {
      about: { title: name, profile: id, path },
      kept: null,
      async run({ signal }) {
        const asked = { path, tenant: { name, endpoint }, passphrase };
        const manifest = await mirrors.snapshot(profile, asked, signal);
        return { rows: manifest.lists.reduce((sum, { rows }) => sum + rows, 0), manifest };
      },
    };
  },
});
