import type { Column, Resource } from '../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Source } from '../harvest/source.ts';
import type { Names } from '../rows/names.ts';

/** The field that rows get, with what the rows are called whose ids they have, by the ids' own paths. */
export const namesField = 'names';

/** The column of what a row is called whose id stands in another one. */
export const nameColumnOf = ({ id }: Column): Column => ({ id: `${namesField}.${id}`, kind: 'text' });

const withPath = (row: Row, [key = '', ...rest]: readonly string[], value: string | null): Row => {
  if (rest.length === 0) return { ...row, [key]: value };
  const below = row[key];
  const inner = typeof below === 'object' && below !== null ? Object.fromEntries(Object.entries(below)) : {};
  return { ...row, [key]: withPath(inner, rest, value) };
};

/**
 * A source whose rows have names beside the ids of other rows, e.g. of a log's user. Where nobody tells a name, because the
 * row is gone or was not answered, it is null: the id stays as it is.
 */
export const namedSource = (
  source: Source,
  { columns }: Pick<Resource, 'columns'>,
  namesOf: (list: string, ids: readonly string[]) => Promise<Names>,
): Source => {
  const referring = columns.flatMap(({ id, ref }) => (ref === undefined ? [] : [{ id, ref }]));
  const attach = async (rows: readonly Row[]): Promise<Row[]> => {
    const idOf = (row: Row, path: string): string | null => {
      const id = valueAt(row, path);
      return typeof id === 'string' && id !== '' ? id : null;
    };
    const names = new Map<string, Names>();
    for (const list of new Set(referring.map(({ ref }) => ref))) {
      const ids = referring
        .filter(({ ref }) => ref === list)
        .flatMap(({ id: path }) => rows.flatMap((row) => idOf(row, path) ?? []));
      if (ids.length > 0) names.set(list, await namesOf(list, [...new Set(ids)]));
    }
    return rows.map((row) => {
      const found = referring.reduce<Row>((all, { id: path, ref }) => {
        const id = idOf(row, path);
        return id === null ? all : withPath(all, path.split('.'), names.get(ref)?.[id] ?? null);
      }, {});
      return { ...row, [namesField]: found };
    });
  };
  return {
    profile: source.profile,
    async *read(options) {
      const batches = withReturn(source.read(options));
      for await (const batch of batches) yield { ...batch, rows: await attach(batch.rows) };
      return batches.returned;
    },
  };
};
