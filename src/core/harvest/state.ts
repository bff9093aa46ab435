import type { Unreadable } from '../../shared/row.ts';
import type { HarvestReport } from './report.ts';

/** Rows `[from, to)` of a list, between whose pages rows of the same time lie, so that some may have been kept back. */
export type Doubtful = { from: number; to: number };

/** How far the first pass over a list's pages is. */
export type PassState = {
  /** The server's total at the first page; null where it says none. */
  before: number | null;
  /** Time of the list's first row when the pass began, unix ms; null where rows have none. */
  newest: number | null;
  /** The page that is read next, from 0. */
  next: number;
  /** Rows met so far, each counted once; those without an id among them. */
  met: number;
  doubtful: Doubtful[];
  /** Moments whose rows two pages cut, unix ms. */
  cut?: number[];
  /** The server's smallest and largest total among the answers so far; null where it says none. */
  totals: { least: number; most: number } | null;
  unreadable: Unreadable[];
};

/**
 * Where a harvest is. With the ids of the rows that were handed out it is all that another one needs to resume from
 * there. Times in unix ms.
 */
export type HarvestState =
  /** Rows newer than `reached` have been handed out; those of that very moment perhaps. */
  | { kind: 'time'; from: number; to: number; end: number; before: number | null; reached: number }
  /** `first`: how far the first pass is; null when it is over. `opening`: the server's total when it began. */
  | { kind: 'pages'; opening: number | null; anonymous: number; first: PassState | null }
  /** All was read, and rows lack: what the report says of them, and how far the harvest was. */
  | { kind: 'lacking'; report: HarvestReport; state: HarvestState }
  /** Lists below rows: what those that are over came to, and the one that is being handed out. */
  | { kind: 'below'; report: HarvestReport; current: CurrentBelow | null; lacking: LackingBelow };

/** A row whose list below it is handed out just now, its name, and how far that list is. */
export type CurrentBelow = { parent: string; name: string; state: HarvestState };

/** What lists that are over lack. */
export type LackingBelow = {
  /** What all others came to. */
  settled: HarvestReport;
  /** The rows below which those that lack rows are. */
  parents: { id: string; name: string }[];
  /** Rows below which nothing was read lack, too. */
  ofParents: boolean;
};

export type Resumed = { state: HarvestState; ids: Iterable<string> | AsyncIterable<string> };
