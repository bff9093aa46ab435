import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exportFormats } from '../../shared/export-formats.ts';
import { zoneSchema } from '../../shared/query.ts';
import { suggestedName, suggestedNameAt } from '../base/file-names.ts';
import { profileId, t, unlocked } from '../contract.ts';
import { copied } from '../mirror/copy-tenant.ts';
import { exportPresetSchema } from '../settings/settings.ts';
import { isByCopy } from '../tenants/tenants.ts';
import { folderManifest } from './file-names.ts';
import { listItems, viewItems } from './folder.ts';
import { exportSchema } from './request.ts';

/** Exports: of a view into a file, of a tenant into a folder; and what is chosen for them again and again. */
export const exportsRouter = t.router({
  /** Asks for a place and starts; null when the user cancelled the dialog. */
  start: unlocked.input(exportSchema).mutation(async ({ ctx: { core, door }, input }) => {
    const profile = await core.tenants.profile(input.query.profile);
    const by = input.counts ? [`by-${input.counts.column}`] : [];
    const name = suggestedNameAt([profile.name, input.query.resource, ...by], core.clock());
    const path = await door.chooseFile(`${name}.${input.format}`);
    return path === null ? null : core.startJob('export', input, { path });
  }),
  /** Exports lists and saved views of a tenant into a folder; null when the user cancelled the dialog. */
  startFolder: unlocked
    .input(
      z.object({
        profile: profileId,
        resources: z.array(z.enum(copied.map(({ id }) => id))).max(100),
        views: z.array(z.string().max(60)).max(100),
        format: z.enum(exportFormats),
        /** Nested lists too, a file for each kind; one request or more per row. */
        below: z.boolean().default(true),
        /** And the lists nested under users. */
        belowUsers: z.boolean().default(false),
        zone: zoneSchema.optional(),
      }),
    )
    .mutation(
      async ({ ctx: { core, door }, input: { profile: name, resources, views, format, zone, ...along } }) => {
        const profile = await core.tenants.profile(name);
        const items = [
          ...listItems(resources, profile.id, along),
          ...viewItems(core.settings.views, views, profile.id),
        ];
        const day = new Date(core.clock()).toISOString().slice(0, 10);
        const folder = await door.chooseFolder(suggestedName([profile.name, day]));
        if (folder === null) return null;
        // What an earlier run did not end is resumed; a whole one is not written over.
        const resume = !existsSync(join(folder, folderManifest));
        const mirrored = isByCopy(profile);
        return core.startJob('folder', { items, format, folder, resume, mirrored, zone });
      },
    ),
  presets: t.router({
    list: unlocked.query(({ ctx }) => ctx.core.settings.exportPresets),
    save: unlocked
      .input(exportPresetSchema)
      .mutation(({ ctx, input }) => ctx.core.settings.changeExportPreset(input.name, input)),
    remove: unlocked
      .input(z.object({ name: z.string().max(60) }))
      .mutation(({ ctx, input }) => ctx.core.settings.changeExportPreset(input.name, null)),
  }),
});
