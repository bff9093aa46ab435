import { z } from 'zod';
import { suggestedNameAt } from '../base/file-names.ts';
import { profileId, t, unlocked } from '../contract.ts';
import { passphraseSchema, snapshotExtension, snapshotPath } from '../mirror/snapshot-file.ts';

/** Copies as files to hand over, and such files as tenants. */
export const snapshotsRouter = t.router({
  /** Asks for a place and starts; null when the user cancelled the dialog. */
  start: unlocked
    .input(z.object({ profile: profileId, passphrase: passphraseSchema }))
    .mutation(async ({ ctx: { core, door }, input }) => {
      const profile = await core.tenants.profile(input.profile);
      const name = suggestedNameAt([profile.name], core.clock());
      const path = await door.chooseFile(`${name}.${snapshotExtension}`);
      return path === null
        ? null
        : core.startJob('snapshot', { profile: profile.id, passphrase: input.passphrase }, { path });
    }),
  /** Asks for a snapshot's file; null when the user cancelled the dialog, or where the page asks by itself. */
  choose: unlocked.mutation(({ ctx: { door } }) => door.chooseSnapshot?.() ?? null),
  /** Adds a snapshot as a tenant. */
  open: unlocked
    .input(z.object({ path: snapshotPath, passphrase: passphraseSchema }))
    .mutation(({ ctx: { core }, input, signal }) => core.openSnapshot(input.path, input.passphrase, signal)),
});
