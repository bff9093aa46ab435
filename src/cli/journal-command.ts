import { outcomes } from '../shared/change/change.ts';
import type { JournalEntry } from '../shared/change/journal.ts';
import { failureInWords } from '../shared/phrases/change-words.ts';
import { timeSpans } from '../shared/query.ts';
import { isoIn } from '../shared/zone.ts';
import { chosenOption, flagged } from './flagged.ts';
import { oneLine, print, printJson, tell } from './output.ts';
import { fieldLines, objectOf, titleOf } from './plan-words.ts';
import { wholeNumber } from './query-options.ts';
import { settledFirst } from './settled-first.ts';
import { tenantFor } from './the-tenant.ts';
import { inPages, sinceUntil } from './told-pages.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';
import { zoneFor } from './zone.ts';

const linesOf = (entry: JournalEntry, zone: string): string[] => {
  const { id, sentAt, user, host, operation, undoneBy, undoes } = entry;
  const parts = [
    String(id),
    isoIn(sentAt, zone) ?? String(sentAt),
    `${user}@${host}`,
    titleOf(operation),
    objectOf(entry),
    failureInWords(phrases.t, entry),
    ...(undoes === null ? [] : [say('journal.undoes', { entry: undoes })]),
    ...(undoneBy === null ? [] : [say('journal.undone', { entry: undoneBy })]),
  ];
  return [oneLine(parts.join('  ')), ...fieldLines(entry).map((line) => `    ${line}`)];
};

/** `desk journal …` */
export const journalCommand = () =>
  flagged('journal')
    .description(say('journal.description'))
    .option('--profile <profile>', say('profileOrOnly'))
    .option('--since <time>', say('journal.since', { spans: Object.keys(timeSpans).join(', ') }))
    .option('--until <time>', say('journal.until'))
    .addOption(chosenOption('--outcome <outcome>', say('journal.outcome'), [...outcomes, 'open']))
    .option('--object <id>', say('journal.object'))
    .option('--operation <operation>', say('journal.operation'))
    .option('--job <job>', say('journal.job'))
    .option('--text <text>', say('journal.text'))
    .option('--limit <n>', say('journal.limit'), wholeNumber(1, 1_000_000), 50)
    .option('--json', say('json'))
    .addHelpText(
      'after',
      examples(
        'desk journal --profile production --since 7d --outcome not-done',
        'desk journal --profile production --object rngy15bm3zwv --json',
      ),
    )
    .action(async (options, command) => {
      const { outcome, object, operation, job, text, limit, json } = options;
      await withCore(command, async (core, signal) => {
        const profile = await settledFirst(core, tenantFor(core, options.profile), signal);
        const zone = zoneFor(command, core);
        const asked = {
          ...(outcome ? { outcome } : {}),
          ...(object ? { object } : {}),
          ...(operation ? { operation } : {}),
          ...(job ? { job } : {}),
          ...(text ? { text } : {}),
          ...sinceUntil(options, core, command),
        };
        const found: JournalEntry[] = [];
        const { total } = await inPages(
          limit,
          (page) => core.changes.journal(profile, { ...asked, ...page }),
          ({ entries }) => {
            if (json) found.push(...entries);
            else for (const entry of entries) print(linesOf(entry, zone).join('\n'));
            return entries.length;
          },
        );
        if (json) printJson(found);
        tell(
          total > limit
            ? say('journal.shownOf', { shown: limit, total })
            : say('journal.count', { count: total }),
        );
      });
    });
