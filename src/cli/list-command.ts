import { Command } from 'commander';
import { cellOf } from '../core/export/csv.ts';
import { listRows } from '../core/listing.ts';
import type { Query } from '../shared/query.ts';
import { queryResource } from '../shared/query.ts';
import type { Row } from '../shared/row.ts';
import { columnsFrom, type QueryOptions, queryFrom, wholeNumber, withQueryOptions } from './query-options.ts';
import { withCore } from './with-core.ts';

type ListOptions = QueryOptions & { page: number; pageSize: number; json?: boolean; columns?: string };

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
  const clean = text.replace(/\p{C}/gu, '�');
  let shown = '';
  for (const char of clean) {
    if (widthOf(shown + char) > width) return `${shown.slice(0, -1)}…`.padEnd(width);
    shown += char;
  }
  return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
};

/** Rows as a table for people. */
const tableOf = (query: Query, rows: readonly Row[]): string => {
  const { columns } = queryResource(query);
  const shown = query.columns
    ? query.columns.map(
        (id) => columns.find((column) => column.id === id) ?? { id, title: id, kind: 'text' as const },
      )
    : columns.filter(({ hidden }) => !hidden);
  const cells = rows.map((row) => shown.map((column) => cellOf(column, row)));
  const widths = shown.map(({ title }, at) =>
    Math.min(widest, Math.max(widthOf(title), ...cells.map((line) => widthOf(line[at] ?? '')))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => fitted(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(shown.map(({ title }) => title)), ...cells.map(line)].join('\n');
};

/** `desk list …` */
export const listCommand = () =>
  withQueryOptions(new Command('list'))
    .description('show one page of a list')
    .option('--page <n>', 'page, from 1', wholeNumber(1, 1_000_000), 1)
    .option('--page-size <n>', 'rows a page, 1 to 100', wholeNumber(1, 100), 20)
    .option('--columns <ids>', 'columns by their names, joined by commas')
    .option('--json', 'as JSON: {rows, total, capped}')
    .addHelpText(
      'after',
      `
Examples:
  desk list users --profile demo --keyword kim --page 2 --page-size 50
  desk list users 'email:$"@corp.example" and name:^"Kim"' --profile demo
  desk list roles --profile demo --type MachineToMachine --json
  desk list logs --profile demo --event ExchangeTokenBy.RefreshToken --time 2026-11-19..2026-11-20
  desk list user-roles --profile demo --parent rngy15bm3zwv`,
    )
    .action(async (resource: string, words: string[], options: ListOptions, command: Command) => {
      const now = Date.now();
      const query = queryFrom(resource, words, options, now);
      const columns = columnsFrom(query, options.columns);
      const shown = columns ? { ...query, columns } : query;
      const answer = await withCore(command, async (core, signal) =>
        listRows(
          await core.sessionOf(query.profile),
          { query, page: options.page, size: options.pageSize },
          core.clock,
          { signal },
        ),
      );
      const { rows, total, capped } = answer;
      if (options.json) {
        console.log(JSON.stringify({ rows, total, capped }, null, 2));
        return;
      }
      console.log(tableOf(shown, rows));
      const all = total === null ? '' : ` of ${capped ? `${total - 1}+` : total}`;
      process.stderr.write(`${rows.length}${all} rows, page ${options.page}\n`);
    });
