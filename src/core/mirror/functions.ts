import type { DatabaseSync } from 'node:sqlite';
import { type ConditionTest, fitsValue } from '../../shared/fits.ts';
import { countKey, type TimeBucket } from '../../shared/local.ts';
import { matcher } from '../../shared/search/match.ts';
import type { SearchTerm } from '../../shared/search/search.ts';

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : undefined);

/** Teaches a database what `sql.ts` asks of it: the comparisons that the window uses, too. */
export const addFunctions = (db: DatabaseSync): void => {
  const tests = new Map<string, ConditionTest>();
  db.function('desk_fits', { deterministic: true }, (test, json) => {
    const key = String(test);
    const known = tests.get(key) ?? (JSON.parse(key) as ConditionTest);
    if (!tests.has(key)) tests.clear();
    tests.set(key, known);
    return fitsValue(known, parsed(json)) ? 1 : 0;
  });
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
