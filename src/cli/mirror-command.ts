import { Command, InvalidArgumentError } from 'commander';
import { copied, copySchema } from '../core/mirror/copy-tenant.ts';
import { requestsOfUser } from '../shared/catalog/index.ts';
import { DeskError } from '../shared/errors.ts';
import { fullTitleOf } from '../shared/phrases/catalog-words.ts';
import { commandWords } from '../shared/phrases/command-words.ts';
import { timeSpans } from '../shared/query.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson, progress, tell } from './output.ts';
import { wholeNumber } from './query-options.ts';
import { lackingParts, lackLines } from './report-words.ts';
import { withCore } from './with-core.ts';

type MirrorOptions = {
  profile: string;
  resources?: string[];
  logs?: number;
  below: boolean;
  belowUsers: boolean;
  resume?: boolean;
};
type SearchOptions = { profile: string[]; limit: number; json?: boolean };

export const belowUsersText = `with what hangs below users, too: ${requestsOfUser} requests for each of them`;

/** Lists by their ids, joined by commas. */
export const listsOf = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !copied.some(({ id }) => id === name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      `There is no list "${unknown}"; there are ${copied.map(({ id }) => id).join(', ')}.`,
    );
  return names;
};

const spanOf = (text: string): number => {
  const span = timeSpans[text];
  if (span === undefined)
    throw new InvalidArgumentError(`One of ${Object.keys(timeSpans).join(', ')} is needed.`);
  return span;
};

/** `desk mirror …` */
export const mirrorCommand = () =>
  new Command('mirror')
    .description(
      'copy a tenant to this computer, to search and read it offline; run again, it reads what is new',
    )
    .requiredOption('--profile <profile>', 'tenant: its id or name, or demo')
    .option(
      '--resources <ids>',
      `only these lists, joined by commas: ${copied.map(({ id }) => id).join(', ')}`,
      listsOf,
    )
    .option(
      '--logs <span>',
      `audit logs of this span only (${Object.keys(timeSpans).join(', ')}); default: all`,
      spanOf,
    )
    .option(
      '--no-below',
      'without what hangs below rows: members, permissions and the like (a request and more for each)',
    )
    .option('--below-users', belowUsersText, false)
    .option('--resume', 'go on with a copy that broke off, as it was asked then; without one, begin')
    .addHelpText(
      'after',
      `
Examples:
  desk mirror --profile production --logs 30d
  desk mirror --profile production --resume
  desk mirror --profile demo --resources users,roles`,
    )
    .action(async (options: MirrorOptions, command: Command) => {
      const { profile, resources, logs, below, belowUsers, resume } = options;
      const report = await withCore(command, async (core, signal) => {
        const left = resume ? await core.resumeCopy(profile) : null;
        const job =
          left ??
          (await core.startCopy({
            profile,
            below,
            belowUsers,
            ...(resources ? { resources: copySchema.shape.resources.parse(resources) } : {}),
            ...(logs === undefined ? {} : { logsSince: core.clock() - logs }),
          }));
        signal.addEventListener('abort', () => void core.jobs.cancel(job.id, signal.reason), { once: true });
        if (process.stderr.isTTY)
          void (async () => {
            for await (const [now] of core.jobs.watch(signal))
              if (now?.state === 'running') progress(`${now.title}: ${now.rows} rows`);
          })().catch(() => {});
        const { copied: done, error } = await core.jobs.ended(job.id);
        progress('');
        if (error && error.code !== 'cancelled')
          tell('desk: What was read is kept: run it again with --resume.');
        if (error) throw new DeskError(error.code, error.detail);
        return done;
      });
      for (const { resource, rows, whole, absent, report: lacking } of report?.lists ?? []) {
        const parts = lacking ? lackingParts(lacking) : [];
        const state = absent
          ? 'not available on this tenant'
          : [`${rows} rows${whole ? '' : ', not complete'}`, ...parts].join('; ');
        print(
          [`${fullTitleOf(commandWords.t, resource)}: ${state}`, ...(lacking ? lackLines(lacking) : [])].join(
            '\n',
          ),
        );
      }
      tell(`${report?.rows ?? 0} rows read; ${report?.gone ?? 0} are gone since the last time`);
      if (report?.lists.some(({ whole, absent }) => !whole && !absent)) {
        tell('Run it again with --resume to try these again.');
        process.exitCode = exitCodes.incomplete;
      }
    });

const gather = (value: string, before: string[] = []) => [...before, value];

/** `desk search …` */
export const searchCommand = () =>
  new Command('search')
    .description('find any text in offline copies of tenants, without asking a server')
    .argument('<words...>', 'words; a row has to have all of them')
    .requiredOption('--profile <profile>', 'tenant; may be repeated', gather)
    .option('--limit <n>', 'rows of each tenant at most', wholeNumber(1, 10_000), 20)
    .option('--json', 'as JSON')
    .action(async (words: string[], { profile, limit, json }: SearchOptions, command: Command) => {
      const found = await withCore(command, (core) =>
        Promise.all(
          profile.map(async (name) => {
            const tenant = await core.profileFor(name);
            const { hits, unread } = await core.mirrors.search(tenant, words.join(' '), limit);
            return { hits: hits.map((hit) => ({ profile: tenant.id, ...hit })), unread };
          }),
        ),
      );
      const hits = found.flatMap((one) => one.hits);
      const unread = found.reduce((sum, one) => sum + one.unread, 0);
      if (json) printJson(hits);
      else
        for (const { profile: tenant, resource, id, label, snippet } of hits)
          print(
            [tenant, resource, id, label, snippet].map((text) => text.replace(/\p{C}/gu, '�')).join('  '),
          );
      tell(`${hits.length} rows`);
      if (unread > 0)
        tell(
          `desk: ${unread} older rows were not searched: words of three characters or more are found in all of them.`,
        );
    });
