import { z } from 'zod';
import { suggestedNameAt } from '../base/file-names.ts';
import { t, unlocked } from '../contract.ts';
import { isByCopy } from '../tenants/tenants.ts';
import { findOne } from './find.ts';
import { dossierSchema } from './job.ts';

/** `find`: the user is named by an email, a phone or a username, or by the id. */
const startSchema = dossierSchema.extend({ find: z.boolean().default(false) });

/** Dossiers of users. */
export const dossierRouter = t.router({
  /** Asks for a place and starts; null when the user cancelled the dialog. */
  start: unlocked.input(startSchema).mutation(async ({ ctx: { core, door }, input: { find, ...asked } }) => {
    const profile = await core.tenants.profile(asked.profile);
    const mirrored = isByCopy(profile, asked.mirrored);
    const user = find
      ? await findOne(asked.user, (list) => core.pages.find(asked.profile, list, { mirrored }))
      : asked.user;
    const name = suggestedNameAt([profile.name, 'dossier', user], core.clock());
    const path = await door.chooseFile(`${name}.${asked.format}`);
    return path === null ? null : core.startJob('dossier', { ...asked, user }, { path });
  }),
});
