import { DatabaseSync } from 'node:sqlite';
import { Statements } from '../statements.ts';
import { type Shelf, Shelves } from './shelves.ts';
import { Terms } from './terms.ts';

/** The typed columns of a mirror's audit logs, to be read beside whoever writes it. */
export const openLogs = (path: string): { sql: Statements; terms: Terms; shelf: Shelf } => {
  const sql = new Statements(new DatabaseSync(path));
  const terms = new Terms(sql);
  const shelf = new Shelves(sql, terms).whole('logs', '');
  if (!shelf) throw new Error('The list has no columns.');
  return { sql, terms, shelf };
};
