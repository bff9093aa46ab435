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

/**
 * Texts that all go into one place of the fewest that `SeenTexts` has: by the lowest bits of a hash (FNV-1a of their UTF-16
 * units, begun with their length) that is folded once.
 */
export const crowdedTexts = (count: number): string[] => {
  const texts: string[] = [];
  for (let at = 0; texts.length < count; at += 1) {
    const text = `t${at.toString(36)}`;
    let hash = text.length;
    for (let unit = 0; unit < text.length; unit += 1)
      hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193);
    if (((hash ^ (hash >>> 15)) & 4_095) === 0) texts.push(text);
  }
  return texts;
};
