import type { Resource } from '../../shared/catalog/index.ts';
import { type Query, toParams } from '../../shared/query.ts';
import { valueAt } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { cutWhereItFails } from './cut-page.ts';
import { isCapped, type ReadHow, readList, rowsOf, totalOf } from './list-answer.ts';
import { type AskPage, Places } from './places.ts';

/** The query without what a server that knows no bounds of time cannot be asked. */
export const withoutTime = ({ filters: { time: _, ...filters }, ...query }: Query): Query => ({
  ...query,
  filters,
});

const placesOf = new WeakMap<Session, Map<string, Places>>();
/** Lists of a session whose places are remembered. */
const mostLists = 20;

/** The places of a list's rows, for a server that knows no bounds of time. */
export const placesIn = (session: Session, resource: Resource, { parent, filters }: Query): Places => {
  const lists = placesOf.get(session) ?? new Map<string, Places>();
  placesOf.set(session, lists);
  const key = JSON.stringify([resource.id, parent, Object.entries(filters).sort()]);
  const places = lists.get(key) ?? new Places((row) => Number(valueAt(row, resource.pin?.column ?? '')));
  lists.delete(key);
  lists.set(key, places);
  const [oldest] = lists.keys();
  if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest);
  return places;
};

/** Pages of a list as the server gives them, its rows as they are; `unreadableRow` in the place of one that it fails on. */
export const pagesOf = (session: Session, query: Query, resource: Resource, how: ReadHow): AskPage => {
  const ask: AskPage = async (page, size) => {
    const params = [
      ...toParams(query, 0),
      ...(resource.capped ? [['enableCap', 'true'] as const] : []),
      ['page', String(page)] as const,
      ['page_size', String(size)] as const,
    ];
    const answer = await readList(session, query, resource, params, how);
    const rows = rowsOf(resource, answer);
    return {
      rows,
      // A server that knows no bounds of time may have 10,001 rows and count them (FACTS older servers).
      total: isCapped(answer, {}) ? null : totalOf(answer, { page, size, rows: rows.length }),
      requestId: answer.headers.get('logto-core-request-id'),
    };
  };
  return (page, size) => cutWhereItFails(ask, { page, size }, resource.pin?.column ?? 'createdAt');
};
