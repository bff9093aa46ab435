import { type Command, InvalidArgumentError } from 'commander';
import { copied, copySchema } from '../core/mirror/copy-tenant.ts';
import { requestsOfUser } from '../shared/catalog/index.ts';
import { fullTitleOf } from '../shared/phrases/catalog-words.ts';
import { commandWords } from '../shared/phrases/command-words.ts';
import { timeSpans } from '../shared/query.ts';
import { onOneLine } from '../shared/shown.ts';
import { exitCodes } from './exit-codes.ts';
import { flagged, option } from './flagged.ts';
import { endOfJob, resultOf } from './follow-job.ts';
import { print, printJson, progress, tell } from './output.ts';
import { wholeNumber } from './query-options.ts';
import { lackingParts, lackLines } from './report-words.ts';
import { withCore } from './with-core.ts';
import { examples, say } from './words.ts';

export const belowUsersText = say('exportTenant.belowUsers', { count: requestsOfUser });

/** Lists by their ids, joined by commas. */
export const listsOf = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !copied.some(({ id }) => id === name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      say('noList', { name: unknown, lists: copied.map(({ id }) => id).join(', ') }),
    );
  return names;
};

const spanOf = (text: string): number => {
  const span = timeSpans[text];
  if (span === undefined)
    throw new InvalidArgumentError(say('oneOfExpected', { options: Object.keys(timeSpans).join(', ') }));
  return span;
};

const removeCopy = async (profile: string, command: Command): Promise<void> => {
  const was = await withCore(command, (core) => core.tenants.removeCopy(profile));
  tell(say(was ? 'copy.removed' : 'copy.none'));
};

/** `desk copy …`, which was `desk mirror …` first and still is. */
export const copyCommand = () =>
  flagged('copy')
    .alias('mirror')
    .description(say('copy.description'))
    .requiredOption('--profile <profile>', say('profile'))
    .option(
      '--resources <ids>',
      say('copy.resources', { lists: copied.map(({ id }) => id).join(', ') }),
      listsOf,
    )
    .option('--logs <span>', say('copy.logs', { spans: Object.keys(timeSpans).join(', ') }), spanOf)
    .option('--no-below', say('copy.noBelow'))
    .option('--below-users', belowUsersText, false)
    .option('--resume', say('copy.resume'))
    .addOption(
      option('--remove', say('copy.remove')).conflicts([
        'resources',
        'logs',
        'below',
        'belowUsers',
        'resume',
      ]),
    )
    .addHelpText(
      'after',
      examples(
        'desk copy --profile production --logs 30d',
        'desk copy --profile production --resume',
        'desk copy --profile demo --resources users,roles',
        'desk copy --profile production --remove',
      ),
    )
    .action(async (options, command) => {
      const { profile, resources, logs, below, belowUsers, resume } = options;
      if (options.remove) return removeCopy(profile, command);
      const report = await withCore(command, async (core, signal) => {
        const left = resume ? await core.resumeJobOf('copy', profile) : null;
        const job =
          left ??
          (await core.startJob('copy', {
            profile,
            below,
            belowUsers,
            ...(resources ? { resources: copySchema.shape.resources.parse(resources) } : {}),
            ...(logs === undefined ? {} : { logsSince: core.clock() - logs }),
          }));
        const ended = await endOfJob(core, job, signal, ({ title, rows }) =>
          progress(`${title}: ${say('rows', { count: rows })}`),
        );
        progress('');
        if (ended.error && ended.error.code !== 'cancelled') tell(`desk: ${say('keptRows')}`);
        return resultOf(ended);
      });
      for (const { resource, rows, whole, absent, report: lacking } of report.lists) {
        const parts = lacking ? lackingParts(lacking) : [];
        const state = absent
          ? say('notAvailable')
          : [`${say('rows', { count: rows })}${whole ? '' : `, ${say('notComplete')}`}`, ...parts].join('; ');
        print(
          [`${fullTitleOf(commandWords.t, resource)}: ${state}`, ...(lacking ? lackLines(lacking) : [])].join(
            '\n',
          ),
        );
      }
      const gone = report.gone;
      tell(
        [
          say('copy.read', { count: report.rows }),
          ...(gone > 0 ? [say('copy.gone', { count: gone })] : []),
        ].join('; '),
      );
      if (report.lists.some(({ whole, absent }) => !whole && !absent)) {
        tell(say('runAgainResume'));
        process.exitCode = exitCodes.incomplete;
      }
    });

const gather = (value: string, before: string[] = []) => [...before, value];

/** `desk search …` */
export const searchCommand = () =>
  flagged('search')
    .description(say('search.description'))
    .argument('<words...>', say('search.words'))
    .requiredOption('--profile <profile>', say('search.profile'), gather)
    .option('--limit <n>', say('search.limit'), wholeNumber(1, 10_000), 20)
    .option('--json', say('json'))
    .action(async (words, { profile, limit, json }, command) => {
      const found = await withCore(command, (core) =>
        Promise.all(
          profile.map(async (name) => {
            const { profile: tenant, copy } = await core.tenants.open(name);
            const { lists, below } = await copy.about();
            const isCopied = lists.some(({ wholeAt }) => wholeAt !== null);
            const isPart = [...lists, ...below].some(({ wholeAt }) => wholeAt === null);
            // One more than is shown: whether there are others is known by it.
            const { hits, unread } = await copy.search(words.join(' '), limit + 1);
            const found = hits.slice(0, limit).map((hit) => ({ profile: tenant.id, ...hit }));
            const of = isCopied ? (isPart ? 'part' : 'whole') : 'none';
            return { name: tenant.name, hits: found, more: hits.length > limit, unread, of } as const;
          }),
        ),
      );
      const hits = found.flatMap((one) => one.hits);
      const unread = found.reduce((sum, one) => sum + one.unread, 0);
      if (json) printJson(hits);
      else
        for (const { profile: tenant, resource, id, label, snippet } of hits)
          print([tenant, resource, id, label, snippet].map(onOneLine).join('  '));
      const more = found.some((one) => one.more);
      tell(
        say(more ? 'search.foundMore' : 'search.found', {
          count: hits.length,
          rows: say('rows', { count: hits.length }),
        }),
      );
      for (const { name, of } of found) {
        if (of === 'whole') continue;
        tell(`desk: ${say(of === 'none' ? 'search.notCopied' : 'search.partly', { name })}`);
        process.exitCode = exitCodes.incomplete;
      }
      if (unread > 0) tell(`desk: ${say('search.unread', { count: unread })}`);
    });
