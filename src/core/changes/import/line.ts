import type { Reason } from '../../../shared/reasons.ts';

/** What a cell can be: CSV has texts only, Excel numbers and booleans too, NDJSON all of JSON. Empty is `''` or null. */
export type Cell = string | number | boolean | null | object;

/** A line of a file: its number as an editor or a sheet shows it, from 1, and its cells in the order of the headings. */
export type FileLine = {
  line: number;
  /** Undefined where the line has no such cell at all. */
  cells: (Cell | undefined)[];
  /** Why it cannot be read; its cells are what could be, under whatever heading. */
  fault?: Reason;
};

/** True for a cell that has nothing in it. */
export const isEmptyCell = (cell: Cell | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');

/** True for a line with nothing in it: sheets and editors leave those behind. */
export const isBlank = ({ cells, fault }: FileLine): boolean =>
  fault === undefined && cells.every(isEmptyCell);
