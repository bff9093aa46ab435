import { type HarvestReport, type Lack, lacksOf, nothingRead } from './report.ts';
import { lacksOfWindows, type Sighting } from './unreadable.ts';

/** What reading a list by time came to. Counts in rows, times in unix ms. */
export const timeReport = (read: {
  met: number;
  /** Those of them that the server's last count holds; absent: all. */
  kept?: number;
  /** So many of those that the server counts may lack: nothing tells which ones were met. */
  unproven?: number;
  repeated: number;
  /** The server's counts when reading began, and when it ended. */
  before: number | null;
  expected: number | null;
  /** Windows that the server failed on, and the id of the filter that they were asked with. */
  sightings: readonly Sighting[];
  crowded: readonly { time: number; rows: number }[];
  filter: string;
  span: { from: number; to: number };
}): HarvestReport => {
  const { met, kept = met, unproven = 0, before, expected, sightings, span } = read;
  const lacking = Math.max(0, (expected ?? kept) - kept);
  const unreadable = expected === null ? sightings.length : Math.min(lacking, sightings.length);
  const missing = expected === null ? 0 : lacking - unreadable;
  const crowds =
    missing === 0
      ? []
      : read.crowded.map(
          ({ time, rows }): Lack => ({ kind: 'missing', rows, time: { from: time, to: time } }),
        );
  const inCrowds = crowds.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
  // More rows than there ever were: whatever the server says, it does not count them.
  const uncounted = before === null || met > Math.max(before, expected ?? 0) ? 1 : 0;
  return {
    ...nothingRead,
    rows: met,
    repeated: read.repeated,
    before,
    expected,
    missing,
    removed: before === null || expected === null ? null : Math.max(0, before - expected),
    unproven,
    unreadable,
    uncounted,
    lacks: [
      ...lacksOfWindows(sightings, read.filter, unreadable),
      ...crowds,
      ...lacksOf({ missing: Math.max(0, missing - inCrowds), unproven, uncounted }, { time: span }),
    ],
  };
};
