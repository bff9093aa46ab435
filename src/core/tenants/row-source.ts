import type { Counting } from '../../shared/local.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Query } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import type { SeenAsked, SeenPage } from '../../shared/seen-changes.ts';
import type { ReadOptions } from '../client/client.ts';
import type { Source } from '../harvest/source.ts';
import type { MirrorAbout } from '../mirror/calls.ts';
import type { MirroredList } from '../mirror/kept-lists.ts';
import type { SearchAnswer } from '../mirror/search.ts';
import type { CountsPage } from '../mirror/store.ts';
import type { Names } from '../rows/names.ts';
import type { PageAsked, PageOfRows } from '../rows/page.ts';
import type { RowsAsked } from '../rows/readable.ts';
import type { FieldsAsked } from './fields.ts';

export type How = Pick<ReadOptions, 'signal' | 'priority'> & {
  /** Who belongs to what is asked for later (`RowSource.joined`): rows do not wait for the copy. */
  joinsLater?: boolean;
  /** Columns of who belongs to what that the rows are held against: the page waits for them (`RowSource.joined`). */
  needed?: readonly string[];
  /** Asked by hand whether the server is there again: it is asked, however short ago it was not reached. */
  anew?: boolean;
};

/** What all rows of a view are read for; `strict`: fields that none of them has are refused. */
export type ReadAllAsked = FieldsAsked & {
  joined?: string[] | undefined;
  /** `visible`: the query's columns are written, those that no row of a server has among them. */
  columns?: 'visible' | 'all' | undefined;
  /** With names beside the ids of other rows (`named.ts`). */
  names?: boolean | undefined;
};

/**
 * Rows of one tenant, whoever has them: the server, kept on their way in the copy, or the copy (`server-rows.ts`,
 * `copied-rows.ts`). Everything throws `DeskError`.
 */
export type RowSource = {
  profile: Profile;
  /** One page of a view. */
  page(asked: PageAsked, how: How): Promise<PageOfRows>;
  /** One page of any size (1 to 100 rows), which is not part of a view that has been started. */
  rows(asked: RowsAsked, how: How): Promise<PageOfRows>;
  row(resource: string, id: string, how: How): Promise<Row>;
  /** How many rows a view has; null where nobody says. */
  count(query: Query, until: number | undefined, how: How): Promise<number | null>;
  /** How many rows are newer than a moment (unix ms). */
  newer(query: Query, until: number, how: How): Promise<{ count: number; capped: boolean }>;
  /** What rows are called. */
  names(resource: string, ids: readonly string[]): Promise<Names>;
  /**
   * Rows of a view with what is known on this computer of who belongs to what. Throws `mirror.members` where not all is known
   * of one of the columns `needed`: rows cannot be held against what nobody knows.
   */
  joined(query: Query, rows: Row[], needed?: readonly string[]): Promise<Row[]>;
  /** Every row of a view. */
  readAll(asked: ReadAllAsked, options?: { strict?: boolean }): Promise<Source>;
};

/**
 * The rows of a copy, which counts and searches them, too, and knows what it has and what it saw change; of a server's, all
 * are read for that (`scans.ts`).
 */
export type CopySource = RowSource & {
  /** What is kept, and how many bytes it takes. */
  about(): Promise<MirrorAbout>;
  /** What is kept of the list that a query asks; null when nothing is. */
  list(query: Query): Promise<MirroredList | null>;
  /** Rows in which every word stands, `limit` at most. */
  search(text: string, limit: number): Promise<SearchAnswer>;
  /** What was seen to change, the newest first; nothing where nothing is kept. */
  seenChanges(asked: SeenAsked): Promise<SeenPage>;
  /** How many rows of a view have each value of a column, the first `most` of those. */
  counts(query: Query, counting: Counting, most: number, signal?: AbortSignal): Promise<CountsPage>;
};
