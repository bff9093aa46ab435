import { type HarvestReport, type Lack, mostLacks, nothingRead } from './report.ts';

const sumOf = (one: number | null, other: number | null) =>
  one === null || other === null ? null : one + other;

type OfMirror = Pick<HarvestReport, 'mirror'>;

/** As old as the older of two readings of the mirror, and whole where both are. */
export const mirrorOf = ({ mirror: one }: OfMirror, { mirror: other }: OfMirror): OfMirror => {
  const only = one ?? other;
  if (!one || !other) return only ? { mirror: only } : {};
  return { mirror: { asOf: Math.min(one.asOf, other.asOf), whole: one.whole && other.whole } };
};

/** What reading several lists came to; `parent`: the row below which the second one is. */
export const together = (
  one: HarvestReport,
  other: HarvestReport,
  parent?: NonNullable<Lack['parent']>,
): HarvestReport => ({
  rows: one.rows + other.rows,
  repeated: one.repeated + other.repeated,
  before: sumOf(one.before, other.before ?? other.rows),
  expected: sumOf(one.expected, other.expected ?? other.rows),
  mended: one.mended + other.mended,
  missing: one.missing + other.missing,
  added: sumOf(one.added, other.added),
  removed: sumOf(one.removed, other.removed),
  unproven: one.unproven + other.unproven,
  unreadable: one.unreadable + other.unreadable,
  uncounted: one.uncounted + other.uncounted,
  lacks: [...one.lacks, ...other.lacks.map((lack) => (parent ? { ...lack, parent } : lack))].slice(
    0,
    mostLacks,
  ),
  ...mirrorOf(one, other),
});

/** The report of a list that the server fails on as a whole, of which `rows` came before. */
export const failedReport = (rows: number): HarvestReport => ({
  ...nothingRead,
  rows,
  before: null,
  expected: null,
  unreadable: 1,
  lacks: [{ kind: 'unreadable', rows: null }],
});

/** Lists one after the other that a server has to fail on before it counts as one that fails altogether. */
const mostInARow = 5;

/** Tells a server that fails on some lists from one that fails altogether, whose error is thrown. */
export const failures = () => {
  let inARow = 0;
  let answered = false;
  let first: unknown = null;
  return {
    answered() {
      inARow = 0;
      answered = true;
    },
    failed(error: unknown) {
      first ??= error;
      inARow += 1;
      if (inARow >= mostInARow) throw error;
    },
    /** All lists were asked for. */
    end() {
      if (first !== null && !answered) throw first;
    },
  };
};
