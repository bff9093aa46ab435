import { cellOf } from '../core/export/csv.ts';
import type { Names } from '../core/rows/names.ts';
import type { Column } from '../shared/catalog/index.ts';
import { pageSize } from '../shared/limits.ts';
import { columnTitle } from '../shared/phrases/catalog-words.ts';
import { type Query, queryResource } from '../shared/query.ts';
import { knownOf, type Row, unreadableOf, valueAt } from '../shared/row.ts';
import { onOneLine } from '../shared/shown.ts';
import { isoIn } from '../shared/zone.ts';
import { exitCodes } from './exit-codes.ts';
import { columnsTyped, refuseUnseen } from './fields.ts';
import { flagged } from './flagged.ts';
import { print, printJson, tell } from './output.ts';
import { queryFrom, wholeNumber, withQueryOptions } from './query-options.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';
import { zoneFor } from './zone.ts';

const widest = 48;

/** Columns of a terminal, East Asian characters counted as two. */
const widthOf = (text: string) =>
  [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        char,
      )
        ? 2
        : 1),
    0,
  );

const fitted = (text: string, width: number) => {
  // A control character in a name must not steer the terminal.
  const clean = onOneLine(text);
  let shown = '';
  for (const char of clean) {
    if (widthOf(shown + char) > width) return `${shown.slice(0, -1)}…`.padEnd(width);
    shown += char;
  }
  return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
};

const shownColumns = (query: Query): Column[] => {
  const { columns } = queryResource(query);
  return query.columns
    ? query.columns.map((id) => columns.find((column) => column.id === id) ?? { id, kind: 'text' })
    : columns.filter(({ hidden }) => !hidden);
};

/** What the rows that ids refer to are called, by resource and id. */
const namesIn = async (
  namesOf: (resource: string, ids: readonly string[]) => Promise<Names>,
  columns: readonly Column[],
  rows: readonly Row[],
) => {
  const found = new Map<string, Names>();
  for (const { ref } of columns) {
    if (!ref || found.has(ref)) continue;
    const ids = columns
      .filter((column) => column.ref === ref)
      .flatMap(({ id }) => rows.map((row) => valueAt(row, id)))
      .filter((id): id is string => typeof id === 'string' && id !== '');
    found.set(ref, await namesOf(ref, [...new Set(ids)]));
  }
  return found;
};

/** Rows as a table for people; ids of other rows are followed by what those are called. */
const tableOf = (
  list: string,
  shown: readonly Column[],
  rows: readonly Row[],
  names: ReadonlyMap<string, Names>,
  zone: string,
): string => {
  const textOf = (column: Column, row: Row) => {
    if (unreadableOf(row)) return column === shown[0] ? say('list.unreadable') : say('list.unknown');
    // Who belongs to what is in no row of the server: an empty cell would say that there is nobody.
    if (knownOf(row, column) === 'joined') return phrases.t('row.notCopied');
    const text = cellOf(column, row, zone);
    const name = column.ref ? names.get(column.ref)?.[text] : null;
    return name ? `${text} ${name}` : text;
  };
  const cells = rows.map((row) => shown.map((column) => textOf(column, row)));
  const titles = shown.map(({ id }) => columnTitle(phrases.t, list, id));
  const widths = titles.map((title, at) =>
    Math.min(widest, Math.max(widthOf(title), ...cells.map((line) => widthOf(line[at] ?? '')))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => fitted(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(titles), ...cells.map(line)].join('\n');
};

/** `desk list …` */
export const listCommand = () =>
  withQueryOptions(flagged('list'))
    .description(say('list.description'))
    .option('--page <n>', say('list.page'), wholeNumber(1, 1_000_000), 1)
    .option('--page-size <n>', say('list.pageSize', { most: pageSize }), wholeNumber(1, pageSize), 20)
    .option('--columns <ids>', say('columns'))
    .option('--mirrored', say('copied'))
    .option('--json', say('list.json'))
    .addHelpText(
      'after',
      examples(
        'desk list users --profile demo --keyword kim --page 2 --page-size 50',
        `desk list users 'email:$"@corp.example" and name:^"Kim"' --profile demo`,
        'desk list roles --profile demo --type MachineToMachine --json',
        'desk list logs --profile demo --event ExchangeTokenBy.RefreshToken --time 2026-11-19..2026-11-20',
        'desk list user-roles --profile demo --parent rngy15bm3zwv',
      ),
    )
    .action(async (resource, words, options, command) => {
      const { answer, names, shown, zone } = await withCore(command, async (core, signal) => {
        const zone = zoneFor(command, core);
        const typed = queryFrom(resource, words, options, { now: core.clock(), zone });
        const { query } = await core.pages.withIds({ query: typed, mirrored: options.mirrored ?? false });
        const columns = columnsTyped(queryResource(query), options.columns);
        const shown = shownColumns(columns ? { ...query, columns } : query);
        const asked = { query, page: options.page, size: options.pageSize };
        const page = await core.pages.rows(asked, { signal }, options.mirrored);
        refuseUnseen({ ...query, ...(columns ? { columns } : {}) }, page.rows);
        // For programs the API's own fields are enough; people read names.
        const named = options.json ? [] : shown;
        return {
          shown,
          zone,
          answer: page,
          names: await namesIn(
            // Of a copy's rows the copy knows the names, and no server is asked.
            (list, ids) => core.pages.names(query.profile, list, ids, page.mirror !== undefined),
            named,
            page.rows,
          ),
        };
      });
      const { rows, total, capped, mirror } = answer;
      if (rows.some((row) => unreadableOf(row))) process.exitCode = exitCodes.incomplete;
      if (options.json) {
        printJson({ rows, total, capped, ...(mirror ? { mirror } : {}) });
        return;
      }
      print(tableOf(resource, shown, rows, names, zone));
      const place = { rows: rows.length, page: options.page };
      const shownRows =
        total === null
          ? say('list.shown', place)
          : say('list.shownOf', { ...place, total: capped ? `${total - 1}+` : total });
      const from = mirror
        ? `; ${phrases.t('mirror.exported', { time: isoIn(mirror.asOf, zone) ?? '' })}${mirror.whole ? '' : ` ${phrases.t('mirror.onlyPart')}`}`
        : '';
      tell(`${shownRows}${from}`);
      if (answer.timeBy) tell(phrases.t('capabilities.byPositionHint'));
    });
