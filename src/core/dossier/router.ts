import { suggestedName } from '../base/file-names.ts';
import { t, unlocked } from '../contract.ts';
import { dossierSchema } from './job.ts';

/** Dossiers of users. */
export const dossierRouter = t.router({
  /** Asks for a place and starts; null when the user cancelled the dialog. */
  start: unlocked.input(dossierSchema).mutation(async ({ ctx: { core, door }, input }) => {
    const profile = await core.tenants.profile(input.profile);
    const day = new Date(core.clock()).toISOString().slice(0, 10);
    const name = suggestedName([profile.name, 'dossier', input.user, day]);
    const path = await door.chooseFile(`${name}.${input.format}`);
    return path === null ? null : core.startDossier(input, path);
  }),
});
