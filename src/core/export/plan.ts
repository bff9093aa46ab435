import { type Column, type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { listedResource } from '../../shared/own-resource.ts';
import { titleOf } from '../../shared/phrases/catalog-words.ts';
import { commandWords } from '../../shared/phrases/command-words.ts';
import { type Row, withoutSecrets } from '../../shared/row.ts';
import { parentColumns } from './below.ts';
import { allColumns, chosenColumns, defaultColumns, withNameColumns } from './columns.ts';
import { countColumns, countedRow } from './counts.ts';
import { isWrittenAtOnce } from './formats.ts';
import type { ExportRequest } from './request.ts';

/** What an export writes, and how: all that what was asked for decides before a row is read. */
export type ExportPlan = {
  asked: ExportRequest;
  /** The list whose rows are read. */
  resource: Resource;
  title: string;
  /**
   * Rows are written one by one, and the file is made of them when all came: one that is written at once could not be
   * resumed, and counts are only known in the end.
   */
  isSpooled: boolean;
  /** Rows are written with every field, also with those that come late. */
  isWhole: boolean;
  /** The list that counted ids are of, where its names are asked for. */
  namedList: string | undefined;
  /** The columns that the first rows ask for. */
  columnsFor(first: readonly Row[]): Column[];
  /** Those of the rows that are written. */
  fitting(rows: readonly Row[]): readonly Row[];
  /** What is written of them. */
  written(fitting: readonly Row[]): readonly Row[];
};

/** `toFile`: into a file, which can be resumed; a stream cannot. `now`: unix ms. Throws `query.invalid`. */
export const planOf = (
  asked: ExportRequest,
  { toFile, now }: { toFile: boolean; now: number },
): ExportPlan => {
  const { query, below, counts, format } = asked;
  const resource = below === undefined ? listedResource(query) : resourceOf(below);
  const namedList =
    counts && asked.names ? resource.columns.find(({ id }) => id === counts.column)?.ref : undefined;
  const isSpooled = toFile && (isWrittenAtOnce[format] || counts !== undefined);
  const isWhole = asked.columns === 'all' && !counts;
  // Picked rows were picked by hand, from what fits or not; below rows, it was those that had to fit.
  const isFree = asked.picked !== undefined || below !== undefined;
  const tests = isFree || !query.where ? null : testsOf(resource, query.where, { now, zone: query.zone });
  const named = (columns: Column[]) => (asked.names ? withNameColumns(columns) : columns);
  return {
    asked,
    resource,
    title: titleOf(commandWords.t, resource.id),
    isSpooled,
    isWhole,
    namedList,
    columnsFor(first) {
      if (counts) return countColumns(namedList !== undefined);
      if (below !== undefined) return [...parentColumns, ...allColumns(resource, first)];
      if (isWhole) return named(allColumns(resource, first));
      return named(query.columns ? chosenColumns(resource, query.columns) : defaultColumns(resource));
    },
    fitting: (rows) => (tests ? rows.filter((row) => fits(tests, row)) : rows),
    written(fitting) {
      // A stream's counts are of the rows themselves.
      if (counts) return isSpooled ? fitting.map((row) => countedRow(row, counts)) : fitting;
      return isWhole || isSpooled ? fitting.map((row) => withoutSecrets(resource, row)) : fitting;
    },
  };
};
