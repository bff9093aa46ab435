import type { DatabaseSync } from 'node:sqlite';
import { countKey, fitsValue, type LocalMode, type TimeBucket } from '../../shared/local.ts';
import { matcher } from '../../shared/search/match.ts';
import type { SearchTerm } from '../../shared/search/search.ts';

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : undefined);

/** Teaches a database what `sql.ts` asks of it: the comparisons that the window uses, too. */
export const addFunctions = (db: DatabaseSync): void => {
  db.function('desk_fits', { deterministic: true }, (mode, json, entered) =>
    fitsValue(mode as LocalMode, parsed(json), String(entered)) ? 1 : 0,
  );
  db.function('desk_count', { deterministic: true }, (json, bucket) =>
    countKey(parsed(json), bucket as TimeBucket | null),
  );
  const matchers = new Map<string, (text: string) => boolean>();
  db.function('desk_matches', { deterministic: true }, (json, term, sensitive) => {
    const value = parsed(json);
    if (typeof value !== 'string') return 0;
    const key = `${sensitive}${term}`;
    const known = matchers.get(key) ?? matcher(JSON.parse(String(term)) as SearchTerm, sensitive === 1);
    matchers.set(key, known);
    return known(value) ? 1 : 0;
  });
};
