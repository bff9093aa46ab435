import type { DatabaseSync } from 'node:sqlite';
import { type ConditionTest, fitsValue } from '../../shared/fits.ts';
import { countKey, type TimeBucket } from '../../shared/local.ts';
import { matcher } from '../../shared/search/match.ts';
import type { SearchTerm } from '../../shared/search/terms.ts';

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : undefined);

/** What a statement says again with each row, made once; a few of them. */
const remembered = <Made>(make: (text: string) => Made): ((text: string) => Made) => {
  const known = new Map<string, Made>();
  return (text) => {
    const made = known.get(text) ?? make(text);
    if (!known.has(text)) {
      if (known.size >= 100) known.clear();
      known.set(text, made);
    }
    return made;
  };
};

/** Values that are compared between two looks at whether anybody waits for it. */
const valuesAtOnce = 4_096;

/** Teaches a database what `sql.ts` asks of it: the comparisons that the window uses, too. `step` may break it off. */
export const addFunctions = (db: DatabaseSync, step: () => void): void => {
  let compared = 0;
  const count = () => {
    compared += 1;
    if (compared % valuesAtOnce === 0) step();
  };
  const testOf = remembered((test) => JSON.parse(test) as ConditionTest);
  db.function('desk_fits', { deterministic: true }, (test, json) => {
    count();
    return fitsValue(testOf(String(test)), parsed(json)) ? 1 : 0;
  });
  db.function('desk_text', { deterministic: true }, (json, sensitive) => {
    const value = parsed(json);
    if (typeof value !== 'string') return null;
    return sensitive === 1 ? value : value.toLowerCase();
  });
  db.function('desk_count', { deterministic: true }, (json, bucket, zone) => {
    count();
    return countKey(parsed(json), bucket as TimeBucket | null, String(zone));
  });
  const [plain, cased] = [false, true].map((sensitive) =>
    remembered((term) => matcher(JSON.parse(term) as SearchTerm, sensitive)),
  );
  db.function('desk_matches', { deterministic: true }, (json, term, sensitive) => {
    const value = parsed(json);
    if (typeof value !== 'string') return 0;
    return (sensitive === 1 ? cased : plain)?.(String(term))(value) ? 1 : 0;
  });
};
