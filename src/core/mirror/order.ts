import { compareKeys, type Sort, sortKey } from '../../shared/local.ts';

/** A row by its number, with the value, as JSON text, that it is sorted by. */
export type Numbered = { number: number; value: string | null };

/**
 * The numbers in the order of their values; what is empty comes last either way, equals stay in place. Rows share few
 * values, as a rule: those are compared, not the rows.
 */
export const inOrderOf = (rows: Iterable<Numbered>, { descending }: Sort): number[] => {
  const keys = new Map<string | null, number | string | null>();
  const places = new Map<number | string | null, number[]>();
  for (const { number, value } of rows) {
    let key = keys.get(value);
    if (key === undefined) {
      key = value === null ? null : sortKey(JSON.parse(value));
      keys.set(value, key);
    }
    const place = places.get(key);
    if (place) place.push(number);
    else places.set(key, [number]);
  }
  const empty = places.get(null) ?? [];
  places.delete(null);
  const ordered = [...places].sort(([a], [b]) =>
    descending ? compareKeys(b as string, a as string) : compareKeys(a as string, b as string),
  );
  return [...ordered.map(([, numbers]) => numbers), empty].flat();
};
