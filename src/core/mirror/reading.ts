import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** What the rows of a statement have in a column; `?`: or null; a list: one of its words. */
type Kind = 'text' | 'text?' | 'number' | 'number?' | readonly string[];
type Columns = Readonly<Record<string, Kind>>;

type ValueOf<K extends Kind> = K extends readonly (infer Word)[]
  ? Word
  : K extends 'text'
    ? string
    : K extends 'text?'
      ? string | null
      : K extends 'number'
        ? number
        : number | null;

/** A row with these columns. */
export type Answered<C extends Columns> = { -readonly [Name in keyof C]: ValueOf<C[Name]> };

type Reading<Row> = {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  iterate(...values: SQLInputValue[]): Iterable<Row>;
};

type Answering = Reading<unknown> & Pick<StatementSync, 'columns'>;

const hasColumns = <C extends Columns>(
  statement: Answering,
  columns: C,
): statement is Answering & Reading<Answered<C>> => {
  const wanted = Object.keys(columns);
  const given = statement.columns();
  return given.length === wanted.length && given.every(({ name }) => name in columns);
};

/**
 * A statement whose rows are typed by the columns that it answers with: their names are looked at once, not at every row, and
 * what stands in them is what our own tables have there.
 */
export const reading = <C extends Columns>(statement: StatementSync, columns: C): Reading<Answered<C>> => {
  const answering: Answering = statement;
  if (hasColumns(answering, columns)) return answering;
  throw new Error(`A statement does not answer with ${Object.keys(columns).join(', ')}`);
};
