import type { EditField, Naming } from './operation.ts';
import { objectOf, rowsIn, texts } from './values.ts';

/** A row of a list, by its id. `list` is `permissions` for those of any API resource. */
export type Named = { list: string; id: string };

const permissions = 'permissions';

/** What a field of an operation names. */
export const namingOf = ({ kind, ref, shape, names }: EditField): Naming | null => {
  if (names) return names;
  if (kind !== 'ids') return null;
  if (shape === permissions) return { ids: permissions };
  return ref ? { ids: ref } : null;
};

/** Everything that a value names. */
export const namedIn = (naming: Naming, value: unknown): Named[] => {
  if ('ids' in naming) return texts(value).map((id) => ({ list: naming.ids, id }));
  if ('keys' in naming)
    return Object.entries(objectOf(value)).flatMap(([id, inner]) => [
      { list: naming.keys, id },
      ...(naming.each ? namedIn(naming.each, inner) : []),
    ]);
  if ('parts' in naming)
    return Object.entries(naming.parts).flatMap(([part, inner]) => namedIn(inner, objectOf(value)[part]));
  const { at, list, idsAt, idsOf } = naming.rows;
  return rowsIn(value).flatMap((row) => [
    ...texts([row[at]]).map((id) => ({ list, id })),
    ...texts(row[idsAt]).map((id) => ({ list: idsOf, id })),
  ]);
};

/** The same value without what is gone. */
export const withoutGone = (naming: Naming, value: unknown, isGone: (named: Named) => boolean): unknown => {
  if (value === undefined) return value;
  const left = (list: string, ids: unknown) => texts(ids).filter((id) => !isGone({ list, id }));
  if ('ids' in naming) return left(naming.ids, value);
  if ('keys' in naming) {
    const { keys, each } = naming;
    return Object.fromEntries(
      Object.entries(objectOf(value))
        .filter(([id]) => !isGone({ list: keys, id }))
        .map(([id, inner]) => [id, each ? withoutGone(each, inner, isGone) : inner]),
    );
  }
  if ('parts' in naming)
    return Object.fromEntries(
      Object.entries(objectOf(value)).map(([part, inner]) => {
        const one = naming.parts[part];
        return [part, one ? withoutGone(one, inner, isGone) : inner];
      }),
    );
  const { at, list, idsAt, idsOf } = naming.rows;
  return (
    rowsIn(value)
      .filter((row) => texts([row[at]]).every((id) => !isGone({ list, id })))
      .map((row) => ({ ...row, [idsAt]: left(idsOf, row[idsAt]) }))
      // A rule without roles is refused (WRITES, access control).
      .filter((row) => texts(row[idsAt]).length > 0)
  );
};
