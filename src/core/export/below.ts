import { type Column, findResource, listsBelow, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { fits } from '../../shared/local.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import { hasNoneBelow, isNotMirrored } from '../absent.ts';
import { inOrder } from '../harvest/in-order.ts';
import { type HarvestReport, nothingRead } from '../harvest/report.ts';
import type { ExportAsked, Source } from './export.ts';

/** Throws `query.invalid` where rows of the query have no such list below them. */
export const refuseOthersBelow = ({ query, below }: Pick<ExportAsked, 'query' | 'below'>): void => {
  if (below === undefined || findResource(below)?.parent?.resource === query.resource) return;
  const lists = listsBelow(resourceOf(query.resource)).map(({ id }) => id);
  throw new DeskError('query.invalid', {
    where: 'below',
    reason: `there is no list "${below}" below "${query.resource}"; there are: ${lists.join(', ') || 'none'}`,
  });
};

/** Rows whose lists are read at the same time, and batches of one list that may wait for their turn. */
const parentsTogether = 8;
const mostAhead = 8;

/** What tells below which row a row stands. */
export const parentColumns: readonly Column[] = [
  { id: 'parentId', title: 'Of (ID)', kind: 'id' },
  { id: 'parentName', title: 'Of', kind: 'text' },
];

const sumOf = (one: number | null, other: number | null) =>
  one === null || other === null ? null : one + other;

type OfMirror = Pick<HarvestReport, 'mirror'>;

/** As old as the older of two readings of the mirror, and whole where both are. */
const mirrorOf = ({ mirror: one }: OfMirror, { mirror: other }: OfMirror): OfMirror => {
  if (!one || !other)
    return one || other ? { mirror: (one ?? other) as NonNullable<OfMirror['mirror']> } : {};
  return { mirror: { asOf: Math.min(one.asOf, other.asOf), whole: one.whole && other.whole } };
};

/** What reading several lists came to. */
const together = (one: HarvestReport, other: HarvestReport): HarvestReport => ({
  rows: one.rows + other.rows,
  repeated: one.repeated + other.repeated,
  before: sumOf(one.before, other.before ?? other.rows),
  expected: sumOf(one.expected, other.expected ?? other.rows),
  mended: one.mended + other.mended,
  missing: one.missing + other.missing,
  added: sumOf(one.added, other.added),
  removed: sumOf(one.removed, other.removed),
  unproven: one.unproven + other.unproven,
  ...mirrorOf(one, other),
});

/**
 * A source whose rows are those of a list below every row of the query, e.g. the members of each organization, each with
 * the row that it stands below (`parentColumns`).
 */
export const belowSource = (source: Source, list: string): Source => ({
  profile: source.profile,
  async *read({ query, signal, onTotal }) {
    const above = resourceOf(query.resource);
    const where = query.where ?? [];
    let report = nothingRead;
    const readOne = async function* (parent: Row): AsyncGenerator<Row[]> {
      const parentId = rowIdOf(above, parent);
      const own = { parentId, parentName: rowLabelOf(above, parent) };
      const below = { profile: query.profile, resource: list, parent: parentId, filters: {} };
      try {
        const batches = source.read({ query: below, signal });
        let step = await batches.next();
        for (; !step.done; step = await batches.next()) yield step.value.map((row) => ({ ...own, ...row }));
        report = together(report, step.value);
      } catch (error) {
        if (isNotMirrored(error))
          report = {
            ...report,
            ...mirrorOf(report, { mirror: { asOf: Number.MAX_SAFE_INTEGER, whole: false } }),
          };
        else if (!hasNoneBelow(error)) throw error;
      }
    };
    const parents = source.read({ query, signal });
    onTotal?.(null);
    let step = await parents.next();
    for (; !step.done; step = await parents.next())
      yield* inOrder(
        step.value.filter((row) => fits(where, row)).map((row) => () => readOne(row)),
        () => parentsTogether,
        mostAhead,
        signal,
      );
    // Rows whose parents were kept back are missing, too, and nobody knows how many.
    const { missing, unproven } = step.value;
    return { ...report, unproven: report.unproven + missing + unproven, ...mirrorOf(report, step.value) };
  },
});
