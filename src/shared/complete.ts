/** What a report of reading a list says of what may lack; counts in rows (`core/harvest/report.ts`). */
export type Lacking = {
  missing: number;
  unproven: number;
  unreadable: number;
  uncounted: number;
  mirror?: { whole: boolean };
  joined?: { whole: boolean };
};

/** True where another try may help: rows are missing. A missing count is not a row, and a copy has no other rows. */
export const canBringMore = ({ missing, unproven, unreadable, mirror, joined }: Lacking): boolean =>
  mirror === undefined && (missing > 0 || unproven > 0 || unreadable > 0 || joined?.whole === false);

/** True when every row that was there throughout is known to be among those handed out. */
export const isComplete = ({ missing, unproven, unreadable, uncounted, mirror, joined }: Lacking): boolean =>
  missing === 0 &&
  unproven === 0 &&
  unreadable === 0 &&
  uncounted === 0 &&
  mirror?.whole !== false &&
  joined?.whole !== false;
