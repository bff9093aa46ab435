import { useSyncExternalStore } from 'react';
import { type Query, queryResource, toServerQuery } from '../../shared/query';
import { type Row, rowIdOf } from '../../shared/row';
import { api } from '../link/api';

/** Rows of which is not known yet who belongs to what. */
const joining = new WeakSet<Row>();
const listeners = new Set<() => void>();

/** True while the copy is asked what it knows of a row. */
export const isJoining = (row: Row): boolean => joining.has(row);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The same for a component, which is drawn anew once it is known. */
export const useJoining = (row: Row | undefined): boolean =>
  useSyncExternalStore(subscribe, () => row !== undefined && joining.has(row));

/**
 * Puts into a server's rows, behind their backs, what the copy knows of who belongs to what: they stood on the screen
 * before. `done` is called when they have it, unless there is nothing of that kind, they came with it, or nobody wants to
 * know any more.
 */
export const fillJoins = async (
  query: Query,
  rows: readonly Row[],
  signal: AbortSignal,
  done: () => void,
): Promise<void> => {
  const resource = queryResource(query);
  const joined = resource.columns.filter(({ joins }) => joins !== undefined);
  if (joined.length === 0 || joined.some(({ id }) => rows[0]?.[id] !== undefined)) return;
  for (const row of rows) joining.add(row);
  try {
    const ids = rows.map((row) => rowIdOf(resource, row));
    const found = await api.list.joined.query({ query: toServerQuery(query), ids }, { signal });
    for (const [at, row] of rows.entries()) Object.assign(row, found[at]);
  } catch {
    // What the copy does not tell is not known: the cells say so.
  }
  for (const row of rows) joining.delete(row);
  for (const listener of listeners) listener();
  if (!signal.aborted) done();
};
