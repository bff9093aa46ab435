/** A row that the user picked, and where the grid showed it. */
export type Picked = { id: string; index: number };

/** What reading a list came to. All counts in rows. */
export type HarvestReport = {
  /** Distinct rows handed out. */
  rows: number;
  /** Rows met more than once; each is handed out once. */
  repeated: number;
  /** The server's total when reading began (of the picked rows, their number); null where it says none. */
  before: number | null;
  /** The server's total, or the number of picked rows, that the rows are held against. */
  expected: number | null;
  /** Rows that pages kept back and that were found by other means (FACTS pagination 6). */
  mended: number;
  /** Rows that the server counts and never gave; for picked rows, those no longer there. */
  missing: number;
  /** Rows that appeared and disappeared on the server while it was read; null where that cannot be told. */
  added: number | null;
  removed: number | null;
  /** Rows that may have slipped between two pages because others were removed (FACTS pagination 7); 0 when proved. */
  unproven: number;
  /** Set where rows were joined with who belongs to what: whether all of that was read. */
  joined?: { whole: boolean };
  /** Set where the mirror answered: when its rows were seen, unix ms, and whether it holds all of the list. */
  mirror?: { asOf: number; whole: boolean };
};

/** The report of nothing at all. */
export const nothingRead: HarvestReport = {
  rows: 0,
  repeated: 0,
  before: 0,
  expected: 0,
  mended: 0,
  missing: 0,
  added: 0,
  removed: 0,
  unproven: 0,
};
