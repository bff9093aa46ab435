import { type Column, findResource, listsBelow, resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import { isFailure } from '../client/failure.ts';
import type { Batch } from '../harvest/batch.ts';
import { inOrder } from '../harvest/ordered-concurrency.ts';
import { type HarvestReport, lacksOf, nothingRead } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import type { CurrentBelow, HarvestState, LackingBelow, Resumed } from '../harvest/state.ts';
import { failedReport, failures, mirrorOf, together } from '../harvest/together.ts';
import { hasNoneBelow, isNotMirrored } from '../rows/absent.ts';
import type { ExportRequest } from './request.ts';

/** Throws `query.invalid` where rows of the query have no such list below them. */
export const refuseOthersBelow = ({ query, below }: Pick<ExportRequest, 'query' | 'below'>): void => {
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
  { id: 'parentId', kind: 'id' },
  { id: 'parentName', kind: 'text' },
];

/** The report of a list that the mirror does not have. */
const notMirrored: HarvestReport = {
  ...nothingRead,
  mirror: { asOf: Number.MAX_SAFE_INTEGER, whole: false },
};

/** What comes of the list below one row: its rows, with how far it is, or that they are all. */
type Item = { parent: string; name: string } & (
  | { rows: Row[]; state: HarvestState | null }
  | { report: HarvestReport; error?: unknown }
);

/** What a run tells the next one: a row whose list is over, by its id, or a row of the list that is not. */
const childMark = '/';

/** A row whose list is to be read; `left`: that list as an earlier run left it. */
type Parent = { id: string; name: string; left?: { state: HarvestState; ids: string[] } };

/** What an earlier run left. */
type Left = {
  report: HarvestReport;
  /** Rows whose lists are over. */
  over: Set<string>;
  current: CurrentBelow | null;
  /** Ids of the current list's rows that were handed out. */
  ids: string[];
  lacking: LackingBelow;
  /** The lists that lack rows, and nothing else, are to be read. */
  isRetry: boolean;
  /** Ids of the rows that these handed out, by parent. */
  idsOf: Map<string, string[]>;
};

const leftOf = async ({ state: how, ids }: Resumed): Promise<Left | null> => {
  const isRetry = how.kind === 'lacking';
  const state = isRetry ? how.state : how;
  if (state.kind !== 'below') return null;
  const { report, current, lacking } = state;
  const idsOf = new Map<string, string[]>(lacking.parents.map(({ id }) => [id, []]));
  const left: Left = { report, over: new Set(), current, ids: [], lacking, isRetry, idsOf };
  for await (const id of ids) {
    if (id.startsWith(childMark)) left.ids.push(id.slice(childMark.length));
    else {
      left.over.add(id);
      idsOf.get(id)?.push(...left.ids);
      left.ids = [];
    }
  }
  return left;
};

/** A list that is read once more, of which rows of these ids were handed out. */
const onceMore = (ids: string[]): NonNullable<Parent['left']> => ({
  state: { kind: 'pages', opening: null, anonymous: 0, first: null },
  ids,
});

/**
 * A source whose rows are those of a list below every row of the query, e.g. the members of each organization, each with
 * the row that it is nested under (`parentColumns`). One that broke off resumes in the list where it was.
 */
export const belowSource = (source: Source, list: string, clock: () => number): Source => ({
  profile: source.profile,
  async *read({ query, signal, onTotal, resumed }) {
    const above = resourceOf(query.resource);
    const where = testsOf(above, query.where, { now: clock(), zone: query.zone });
    const left = resumed ? await leftOf(resumed) : null;
    let settled = left?.lacking.settled ?? nothingRead;
    let report = (left?.isRetry ? settled : left?.report) ?? nothingRead;
    let current = left?.current ?? null;
    const lacking = left?.isRetry ? [] : [...(left?.lacking.parents ?? [])];
    let ofParents = left?.lacking.ofParents ?? false;
    /** A source that cannot be resumed (a mirror moves on) has no lists that can. */
    let isTracked = left !== null;
    let isWithin = false;
    /** A retry that breaks off begins anew: what it had read is as little known as what it had not. */
    let isOver = false;
    const failing = failures();
    const checkpoint = (): HarvestState | null =>
      isTracked && (current !== null || !isWithin) && (isOver || !left?.isRetry)
        ? { kind: 'below', report, current, lacking: { settled, parents: lacking, ofParents } }
        : null;

    const readOne = async function* ({ id: parent, name, left: before }: Parent): AsyncGenerator<Item> {
      const below = { profile: query.profile, resource: list, parent, filters: {} };
      try {
        const batches = withReturn(
          source.read({ query: below, signal, ...(before ? { resumed: before } : {}) }),
        );
        for await (const { rows, checkpoint: at } of batches) yield { parent, name, rows, state: at() };
        yield { parent, name, report: batches.returned };
      } catch (error) {
        const rows = before?.ids.length ?? 0;
        if (isNotMirrored(error)) yield { parent, name, report: notMirrored };
        else if (hasNoneBelow(error)) yield { parent, name, report: { ...nothingRead, rows } };
        else if (isFailure(error)) yield { parent, name, report: failedReport(rows), error };
        else throw error;
      }
    };
    const handOut = async function* (parents: readonly Parent[]): AsyncGenerator<Batch> {
      const readings = parents.map((parent) => () => readOne(parent));
      for await (const item of inOrder(readings, () => parentsTogether, mostAhead, signal)) {
        const { parent, name } = item;
        isWithin = 'rows' in item;
        if ('report' in item) {
          if (item.error) failing.failed(item.error);
          else failing.answered();
          report = together(report, item.report, { id: parent, name });
          if (isComplete(item.report)) settled = together(settled, item.report);
          else lacking.push({ id: parent, name });
          current = null;
          yield { rows: [], checkpoint, ids: [parent] };
          continue;
        }
        current = item.state && { parent, name, state: item.state };
        yield {
          rows: item.rows.map((row) => ({ parentId: parent, parentName: name, ...row })),
          checkpoint,
          ids: item.rows.map((row) => childMark + rowIdOf(resourceOf(list), row)),
        };
      }
    };

    onTotal?.(null);
    if (left?.isRetry) {
      yield* handOut(
        left.lacking.parents.map((one) => ({ ...one, left: onceMore(left.idsOf.get(one.id) ?? []) })),
      );
      failing.end();
      isOver = !ofParents;
      if (isOver) return report;
    } else if (left?.current) {
      const { parent: id, name, state } = left.current;
      yield* handOut([{ id, name, left: { state, ids: left.ids } }]);
      left.over.add(id);
    }
    const parents = withReturn(source.read({ query, signal }));
    for await (const { rows, checkpoint: at } of parents) {
      isTracked ||= at() !== null;
      yield* handOut(
        rows
          .filter((row) => fits(where, row) && !left?.over.has(rowIdOf(above, row)))
          .map((row) => ({ id: rowIdOf(above, row), name: rowLabelOf(above, row) })),
      );
    }
    failing.end();
    const read = parents.returned;
    // Rows whose parents were kept back are missing, too, and nobody knows how many.
    const { missing, unproven, unreadable, uncounted } = read;
    const unknown = missing + unproven + unreadable;
    ofParents = !isComplete(read);
    isOver = true;
    // What lacks can be asked for again, though nothing was below any row.
    if (ofParents) yield { rows: [], checkpoint, ids: [] };
    return {
      ...report,
      unproven: report.unproven + unknown,
      uncounted: report.uncounted + uncounted,
      lacks: [...report.lacks, ...lacksOf({ unproven: unknown, uncounted })],
      ...mirrorOf(report, read),
    };
  },
});
