import { placedResources, type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';
import { rowIdOf } from '../../shared/row.ts';
import { harvest } from '../harvest/harvest.ts';
import type { Session } from '../session.ts';
import type { Mirrors } from './mirror.ts';

export type CopyAsked = {
  profile: string;
  /** Lists by their ids; absent: every list of the side bar. */
  resources?: readonly string[];
  /** Logs from this moment on, unix ms; absent: all. */
  logsSince?: number;
  /** Who belongs to which role and organization, too; absent: yes. One request and more for each of them. */
  members?: boolean;
};

/** What copying a tenant came to: rows read by list, and the lists that the tenant does not offer or gave in part. */
export type CopyReport = {
  rows: number;
  gone: number;
  lists: { resource: string; rows: number; whole: boolean; absent: boolean }[];
};

type CopyDeps = {
  session: Session;
  mirrors: Mirrors;
  clock: () => number;
  signal: AbortSignal;
  onProgress: (progress: { rows: number; total: number | null; title: string }) => void;
};

/** What can be copied: everything of the side bar. */
export const copied: readonly Resource[] = placedResources;

/** Parents whose lists are read, taken from the mirror at a time. */
const parentsAtOnce = 500;

const isAbsent = (error: unknown) =>
  error instanceof DeskError && (error.code === 'http.not_offered' || error.code === 'http.forbidden');

/** Lists that say who belongs to what: those that a column of a copied list is joined from. */
const memberLists = (chosen: readonly Resource[]): string[] =>
  chosen.flatMap(({ columns }) => columns.flatMap(({ joins }) => (joins === undefined ? [] : [joins])));

type ListCopy = { rows: number; gone: number; whole: boolean; absent: boolean };

/**
 * Copies one list. One that can be cut by time is read on from its newest row; any other is read whole, and what is not
 * there any more is marked as gone. Throws `DeskError`.
 */
const copyList = async (
  { profile, logsSince }: Pick<CopyAsked, 'profile' | 'logsSince'>,
  { id, pin }: Resource,
  parent: string | undefined,
  { session, mirrors, clock, signal }: Omit<CopyDeps, 'onProgress'>,
  tell: (rows: number, total: number | null) => void,
): Promise<ListCopy> => {
  const startedAt = clock();
  const known = pin
    ? (await mirrors.about(profile)).lists.find((list) => list.resource === id && list.parent === '')
    : undefined;
  // A copy that begins later than what is asked for now has to be read from there anew.
  const reaches = known?.since === null || (logsSince !== undefined && logsSince >= (known?.since ?? 0));
  const newest = known?.wholeAt && reaches ? await mirrors.newest(profile, id) : null;
  const begins = pin && logsSince !== undefined ? logsSince : null;
  const since = newest === null ? begins : (known?.since ?? null);
  const from = newest ?? logsSince ?? null;
  const filters: Query['filters'] = pin && from !== null ? { time: [String(from), ''] } : {};
  const query: Query = { profile, resource: id, ...(parent === undefined ? {} : { parent }), filters };
  let rows = 0;
  let total: number | null = null;
  const batches = harvest({
    session,
    query,
    clock,
    signal,
    onTotal: (of) => {
      total = of;
      tell(rows, total);
    },
  });
  try {
    let step = await batches.next();
    for (; !step.done; step = await batches.next()) {
      await mirrors.put(profile, query, step.value, clock());
      rows += step.value.length;
      tell(rows, total);
    }
    const whole = isComplete(step.value);
    // Of logs read on from the newest, older ones were not looked at: none of them can be told gone.
    const gone = whole
      ? await mirrors.finish(profile, query, pin && from !== null ? 0 : startedAt, clock(), since)
      : 0;
    return { rows, gone, whole, absent: false };
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return { rows: 0, gone: 0, whole: false, absent: true };
  }
};

/** Copies the lists below every row of a mirrored list, e.g. the members of each organization. Throws `DeskError`. */
const copyBelow = async (
  asked: Pick<CopyAsked, 'profile'>,
  list: Resource,
  deps: Omit<CopyDeps, 'onProgress'>,
  tell: (rows: number) => void,
): Promise<ListCopy> => {
  const of = list.parent?.resource ?? '';
  const sum: ListCopy = { rows: 0, gone: 0, whole: true, absent: false };
  for (let offset = 0, total = 1; offset < total; offset += parentsAtOnce) {
    const query = { profile: asked.profile, resource: of, filters: {} };
    const page = await deps.mirrors.page(asked.profile, query, offset, parentsAtOnce);
    total = page.total;
    for (const row of page.rows) {
      const before = sum.rows;
      const { rows, gone, whole } = await copyList(asked, list, rowIdOf(resourceOf(of), row), deps, (now) =>
        tell(before + now),
      );
      sum.rows += rows;
      sum.gone += gone;
      // Machines have roles, too: whom a role cannot be given to, has none.
      sum.whole &&= whole;
    }
  }
  return sum;
};

/**
 * Copies who belongs to what, so that users can be joined with it. Returns whether all of it came. Throws `DeskError`.
 */
export const copyMembers = async (
  profile: string,
  lists: readonly string[],
  deps: Omit<CopyDeps, 'onProgress'>,
): Promise<boolean> => {
  let whole = true;
  for (const list of lists.map(resourceOf)) {
    const parents = await copyList(
      { profile },
      resourceOf(list.parent?.resource ?? ''),
      undefined,
      deps,
      () => {},
    );
    const below = await copyBelow({ profile }, list, deps, () => {});
    whole &&= (parents.whole || parents.absent) && below.whole;
  }
  return whole;
};

/** Copies lists of a tenant into its mirror, one after the other. Throws `DeskError`. */
export const copyTenant = async (
  asked: CopyAsked,
  { onProgress, ...deps }: CopyDeps,
): Promise<CopyReport> => {
  const chosen = asked.resources ? asked.resources.map(resourceOf) : copied;
  const report: CopyReport = { rows: 0, gone: 0, lists: [] };
  const add = (resource: string, { rows, gone, whole, absent }: ListCopy) => {
    report.lists.push({ resource, rows, whole, absent });
    report.rows += rows;
    report.gone += gone;
  };
  for (const resource of chosen) {
    const tell = (rows: number, total: number | null) =>
      onProgress({
        rows: report.rows + rows,
        total: total === null ? null : report.rows + total,
        title: resource.id,
      });
    add(resource.id, await copyList(asked, resource, undefined, deps, tell));
  }
  for (const list of asked.members === false ? [] : memberLists(chosen).map(resourceOf)) {
    // Parents that were not copied have no members here.
    if (!chosen.some(({ id }) => id === list.parent?.resource)) continue;
    const tell = (rows: number) => onProgress({ rows: report.rows + rows, total: null, title: list.id });
    add(list.id, await copyBelow(asked, list, deps, tell));
  }
  return report;
};
