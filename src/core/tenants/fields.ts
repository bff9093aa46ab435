import type { Resource } from '../../shared/catalog/index.ts';
import { nearestColumn } from '../../shared/conditions.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { because } from '../../shared/reasons.ts';
import { pathsIn, type Row, valueAt } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Source } from '../harvest/source.ts';

/** A path in rows that the catalogue does not know, and the part of what was asked that names it. */
export type UnknownField = { path: string; where: 'where' | 'sort' | 'columns' | 'count-by' };

/** What names fields: a view, and by what its rows are counted. */
export type FieldsAsked = { query: Query; counts?: { column: string } | undefined };

/** Fields that are asked for and are not columns: a newer server's, parts of JSON, or mistakes. */
export const unknownFields = ({ query, counts }: FieldsAsked): UnknownField[] => {
  const { columns } = queryResource(query);
  const asked: UnknownField[] = [
    ...(query.where ?? []).map(({ column }) => ({ path: column, where: 'where' as const })),
    ...(query.sort ? [{ path: query.sort.column, where: 'sort' as const }] : []),
    ...(query.columns ?? []).map((path) => ({ path, where: 'columns' as const })),
    ...(counts ? [{ path: counts.column, where: 'count-by' as const }] : []),
  ];
  return asked.filter(({ path }) => !columns.some(({ id }) => id === path));
};

/** That no row has a field: the name that was most likely meant, of the columns or of the paths in rows. */
export const noSuchField = (
  resource: Pick<Resource, 'id' | 'columns'>,
  { path, where }: UnknownField,
  rows: readonly Row[],
): DeskError => {
  const near = nearestColumn(resource, path, pathsIn(rows));
  const columns = resource.columns.map(({ id }) => id).join(', ');
  const of = { list: resource.id, field: path };
  return new DeskError('query.invalid', {
    where,
    why: near
      ? because('field.nearIn', { ...of, near })
      : because('field.noneIn', { ...of, fields: columns }),
  });
};

/** True for a path below a column, such as a part of JSON that only some rows have. */
export const isPartOfColumn = ({ columns }: Pick<Resource, 'columns'>, path: string): boolean =>
  columns.some(({ id }) => path.startsWith(`${id}.`));

/**
 * The source, which throws `query.invalid` when none of its rows has a field that was asked for: what was meant was
 * another one, and an answer without it would be wrong. A likely mistake is told by the first rows.
 */
export const watched = (source: Source, resource: Resource, fields: readonly UnknownField[]): Source =>
  fields.length === 0
    ? source
    : {
        profile: source.profile,
        async *read(options) {
          let unseen = fields;
          let sample: readonly Row[] = [];
          // What an earlier run read is not read again.
          const isResumed = options.resumed !== undefined;
          const batches = withReturn(source.read(options));
          for await (const batch of batches) {
            const { rows } = batch;
            const isFirst = sample.length === 0;
            if (isFirst) sample = rows.slice(0, pageSize);
            unseen = unseen.filter(({ path }) => !rows.some((row) => valueAt(row, path) !== undefined));
            const typo = unseen.find(
              ({ path }) => !isPartOfColumn(resource, path) && nearestColumn(resource, path) !== null,
            );
            if (isFirst && sample.length > 0 && typo && !isResumed) throw noSuchField(resource, typo, sample);
            yield batch;
          }
          // Of no rows at all, a part of JSON may be one that some have.
          const wrong = unseen.find(({ path }) => sample.length > 0 || !isPartOfColumn(resource, path));
          if (wrong && !isResumed) throw noSuchField(resource, wrong, sample);
          return batches.returned;
        },
      };
