/** Columns that a list can have in `cells`; those beyond are answered by its rows' JSON. */
export const mostPlaces = 24;

/** What the place of a column is called. */
export const placeName = (place: number): string => `c${place}`;

/**
 * The values of lists' columns beside the rows' JSON, in the lists' own order (`0019` of the decisions).
 * `shelves`: a list, which paths of its rows have which place, how many rows are there (kept, not counted), and whether all
 * that were there before it are in it.
 * `upgrades`: up to which row that is done, while it is.
 * `terms`: values that come often, by the number that stands for them.
 * `cells`: a row's values, `later` being its moment negated, so that the newest comes first.
 * `texts`: the index of words, without their positions.
 */
export const typedSchema = `
  CREATE TABLE IF NOT EXISTS shelves (
    list INTEGER PRIMARY KEY,
    resource TEXT NOT NULL,
    parent TEXT NOT NULL,
    layout TEXT NOT NULL,
    rows INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    UNIQUE (resource, parent)
  );
  CREATE TABLE IF NOT EXISTS upgrades (done INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS terms (code INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS cells (
    list INTEGER NOT NULL,
    later INTEGER NOT NULL,
    number INTEGER NOT NULL,
    ${Array.from({ length: mostPlaces }, (_, place) => placeName(place)).join(', ')},
    PRIMARY KEY (list, later, number)
  ) WITHOUT ROWID;
  CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(text, tokenize = 'trigram', content = '',
    contentless_delete = 1, detail = 'none');
`;

/** A row's place in its list's own order: the newest first, those without a moment last. */
export const laterOf = (madeAt: number | null): number =>
  madeAt === null ? Number.MAX_SAFE_INTEGER : -madeAt;

/** The places of a time in its list's own order, from the newest to the oldest that it has: both ends are within. */
export const latersOf = ({ from, to }: { from: number | null; to: number | null }): [number, number] => [
  to === null ? -Number.MAX_SAFE_INTEGER : Math.ceil(-to),
  from === null ? laterOf(null) : Math.floor(-from),
];
