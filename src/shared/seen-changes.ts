import type { Row } from './row.ts';

/** The list that is none of the server's: what changed on a tenant, as its offline copy saw it, whoever changed it. */
export const seenList = 'what-changed';

export const seenKinds = ['added', 'changed', 'removed'] as const;
export type SeenKind = (typeof seenKinds)[number];

/** What a copy saw of a row: it came about after `after` and not later than `at`, unix ms. */
export type SeenChange = {
  id: number;
  kind: SeenKind;
  after: number;
  at: number;
  resource: string;
  /** The row that the list is nested under; empty if there is none. */
  parent: string;
  row: string;
  /** What the row, and the row it is nested under, are called; empty where unknown. */
  label: string;
  parentLabel: string;
  /** The fields that are different, as they were and as they are; of a row that went all that it had, of one that came nothing. */
  before: Row;
  now: Row;
};

/** A list whose changes a copy can tell: those after its first whole reading and until the newest, unix ms. */
export type ToldList = { resource: string; parents: number; from: number; until: number };

export type SeenAsked = {
  from?: number | undefined;
  to?: number | undefined;
  resource?: string | undefined;
  kind?: SeenKind | undefined;
  /** Part of a name or an id. */
  text?: string | undefined;
  /** Nothing that was noted after the one of this `id`. */
  upTo?: number | undefined;
  offset: number;
  limit: number;
};

/** `newest`: the highest `id` of all that is noted; 0 where nothing is. */
export type SeenPage = { total: number; changes: SeenChange[]; lists: ToldList[]; newest: number };

/** What a view of it is narrowed by. */
export const seenFilters = ['text', 'kind', 'list', 'time'] as const;
export type SeenFilter = (typeof seenFilters)[number];

/** True for the view of what changed on a tenant. */
export const isSeen = ({ resource }: { resource: string }): boolean => resource === seenList;
