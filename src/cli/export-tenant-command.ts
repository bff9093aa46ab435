import { Command, Option } from 'commander';
import { type ExportFormat, exportFormats } from '../core/export/formats.ts';
import { exportTenant } from '../core/export/tenant.ts';
import { copied } from '../core/mirror/copy.ts';
import { resourceOf } from '../shared/catalog/index.ts';
import { exitCodes } from './exit-codes.ts';
import { listsOf } from './mirror-command.ts';
import { withCore } from './with-core.ts';

type Options = {
  profile: string;
  format: ExportFormat;
  output: string;
  resources?: string[];
  resume?: boolean;
  mirrored?: boolean;
};

/** `desk export-tenant …` */
export const exportTenantCommand = () =>
  new Command('export-tenant')
    .description('write every list of a tenant into a folder, a file and a manifest each')
    .requiredOption('--profile <profile>', 'tenant: its id or name, or demo')
    .addOption(new Option('--format <format>', 'file format').choices(exportFormats).makeOptionMandatory())
    .requiredOption('--output <folder>', 'folder to write, made where it is not there')
    .option('--resources <ids>', 'only these lists, joined by commas', listsOf)
    .option('--resume', 'leave whole files of an earlier run as they are, and go on where it broke off')
    .option('--mirrored', 'from the mirror on this computer, without asking the server')
    .addHelpText(
      'after',
      `
Examples:
  desk export-tenant --profile production --format parquet --output ./production
  desk export-tenant --profile production --format parquet --output ./production --resume`,
    )
    .action(async (options: Options, command: Command) => {
      const { profile, format, output, resume = false, mirrored = false } = options;
      const resources = options.resources ?? copied.map(({ id }) => id);
      const outcomes = await withCore(command, async (core, signal) => {
        const query = { profile, resource: 'users', filters: {} };
        const source = await core.sourceOf({ query, mirrored });
        return exportTenant(
          { resources, format, folder: output, resume, mirrored },
          {
            source,
            clock: core.clock,
            signal,
            onProgress: (resource, { rows }) => {
              if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${resource}: ${rows} rows`);
            },
          },
        );
      });
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
      for (const { resource, rows, state } of outcomes)
        console.log(
          `${resourceOf(resource).title}: ${state === 'absent' ? 'not available on this tenant' : `${rows} rows, ${state}`}`,
        );
      if (outcomes.some(({ state }) => state === 'incomplete')) process.exitCode = exitCodes.incomplete;
    });
