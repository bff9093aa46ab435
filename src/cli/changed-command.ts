import { cellOf } from '../core/export/csv.ts';
import { findResource } from '../shared/catalog/index.ts';
import { differences } from '../shared/change/merge.ts';
import { columnTitle, fullTitleOf } from '../shared/phrases/catalog-words.ts';
import { timeSpans } from '../shared/query.ts';
import { type SeenChange, seenKinds, type ToldList } from '../shared/seen-changes.ts';
import { isoIn } from '../shared/zone.ts';
import { exitCodes } from './exit-codes.ts';
import { chosenOption, flagged } from './flagged.ts';
import { oneLine, print, printJson, tell } from './output.ts';
import { shownValue } from './plan-words.ts';
import { wholeNumber } from './query-options.ts';
import { tenantFor } from './the-tenant.ts';
import { inPages, sinceUntil } from './told-pages.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';
import { zoneFor } from './zone.ts';

const { t } = phrases;

const linesOf = (change: SeenChange, zone: string): string[] => {
  const { kind, at, resource, parent, parentLabel, label, row, before, now } = change;
  const list = fullTitleOf(t, resource);
  const parts = [
    isoIn(at, zone) ?? String(at),
    t(`seen.kinds.${kind}`),
    parent === '' ? list : t('seen.below', { list, parent: parentLabel || parent }),
    label,
    label === row ? '' : row,
  ];
  const said = (path: string, value: unknown) => {
    const column = findResource(resource)?.columns.find(({ id }) => id === path);
    const isTime = column?.kind === 'time' || column?.kind === 'seconds';
    return shownValue(isTime ? cellOf({ ...column, id: 'value' }, { value }, zone) : value);
  };
  const fields = kind === 'changed' ? differences(before, now) : [];
  return [
    oneLine(parts.filter(Boolean).join('  ')),
    ...fields.map(({ path, before: old, after: next }) =>
      oneLine(`    ${columnTitle(t, resource, path)}: ${said(path, old)} → ${said(path, next)}`),
    ),
  ];
};

/** Between which syncs was compared: what came before and after is not known. */
const spanOf = (lists: readonly ToldList[], zone: string): string => {
  const time = (ms: number) => isoIn(ms, zone) ?? String(ms);
  return t('seen.span', {
    count: lists.length,
    from: time(Math.min(...lists.map(({ from }) => from))),
    until: time(Math.max(...lists.map(({ until }) => until))),
  });
};

/** `desk changed …` */
export const changedCommand = () =>
  flagged('changed')
    .description(say('changed.description'))
    .option('--profile <profile>', say('profileOrOnly'))
    .option('--since <time>', say('journal.since', { spans: Object.keys(timeSpans).join(', ') }))
    .option('--until <time>', say('journal.until'))
    .option('--list <list>', say('changed.list'))
    .addOption(chosenOption('--kind <kind>', say('changed.kind'), seenKinds))
    .option('--text <text>', say('changed.text'))
    .option('--limit <n>', say('changed.limit'), wholeNumber(1, 1_000_000), 50)
    .option('--json', say('json'))
    .addHelpText(
      'after',
      examples(
        'desk copy --profile production && desk changed --profile production --since 24h',
        'desk changed --profile production --list roles --json',
      ),
    )
    .action(async (options, command) => {
      const { list, kind, text, limit, json } = options;
      if (list !== undefined && !findResource(list))
        throw wrongUsage('--list', say('changed.noList', { list }));
      await withCore(command, async (core) => {
        const { copy } = await core.tenants.open(tenantFor(core, options.profile));
        const zone = zoneFor(command, core);
        const asked = { ...sinceUntil(options, core, command), resource: list, kind, text };
        const found: SeenChange[] = [];
        const { total, lists } = await inPages(
          limit,
          (page) => copy.seenChanges({ ...asked, ...page }),
          ({ changes }) => {
            if (json) found.push(...changes);
            else for (const change of changes) print(linesOf(change, zone).join('\n'));
            return changes.length;
          },
        );
        if (json) printJson({ changes: found, total, lists });
        if (total === 0 && !lists.some((one) => one.until > one.from)) {
          tell(t('seen.notYet'));
          process.exitCode = exitCodes.incomplete;
          return;
        }
        const count = t('seen.count', { count: total });
        const shown = total > limit ? say('changed.shownOf', { shown: limit, total }) : count;
        tell(`${shown}; ${spanOf(lists, zone)}`);
      });
    });
