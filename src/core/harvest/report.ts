/** A row that the user picked, and where the grid showed it. */
export type Picked = { id: string; index: number };

/** Rows that a report lacks: why, how many, and where. */
export type Lack = {
  /** See the counts of `HarvestReport`. */
  kind: 'missing' | 'unproven' | 'unreadable' | 'uncounted';
  /** Null where nobody knows. */
  rows: number | null;
  /** The row below which the list is, where several lists were read. */
  parent?: { id: string; name: string };
  /** Its place in the server's order, from 0, where it is known. */
  place?: number;
  /** The time that the rows are of, both ends inclusive, unix ms; null where an end is not known. */
  time?: { from: number | null; to: number | null };
};

/** Lacks that a report names one by one; further ones are only counted. */
export const mostLacks = 1_000;

/** Which columns lack something, and of which roles or organizations, by name; of none: nobody could say. */
export type Joined = { whole: boolean; lacks?: { column: string; of: string[] }[] };

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
  /** Rows that no answer of the server can hold: it fails on each page with one of them (WRITES, dangerous 1). */
  unreadable: number;
  /** Lists whose count did not come, so that nothing proves them: a proxy drops `Total-Number`. */
  uncounted: number;
  /** Where rows lack; what can be asked for again. At most `mostLacks`. */
  lacks: Lack[];
  /** Set where rows were joined with who belongs to what: whether all of that was read. */
  joined?: Joined;
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
  unreadable: 0,
  uncounted: 0,
  lacks: [],
};

/** The lacks that counts come to, all of one place. `uncounted`: 1 where the server's count did not come. */
export const lacksOf = (
  { missing = 0, unproven = 0, uncounted = 0 }: Partial<HarvestReport>,
  where: Pick<Lack, 'time'> = {},
): Lack[] => [
  ...(missing > 0 ? [{ kind: 'missing' as const, rows: missing, ...where }] : []),
  ...(unproven > 0 ? [{ kind: 'unproven' as const, rows: unproven, ...where }] : []),
  ...(uncounted > 0 ? [{ kind: 'uncounted' as const, rows: null, ...where }] : []),
];
