import { placedResources, type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';
import { harvest } from '../harvest/harvest.ts';
import type { Session } from '../session.ts';
import type { Mirrors } from './mirror.ts';

export type CopyAsked = {
  profile: string;
  /** Lists by their ids; absent: every list of the side bar. */
  resources?: readonly string[];
  /** Logs from this moment on, unix ms; absent: all. */
  logsSince?: number;
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

const isAbsent = (error: unknown) =>
  error instanceof DeskError && (error.code === 'http.not_offered' || error.code === 'http.forbidden');

/**
 * Copies lists of a tenant into its mirror, one after the other. A list that can be cut by time is read on from its
 * newest row; any other is read whole, and what is not there any more is marked as gone. Throws `DeskError`.
 */
export const copyTenant = async (
  { profile, resources, logsSince }: CopyAsked,
  { session, mirrors, clock, signal, onProgress }: CopyDeps,
): Promise<CopyReport> => {
  const chosen = resources ? resources.map(resourceOf) : copied;
  const report: CopyReport = { rows: 0, gone: 0, lists: [] };
  for (const resource of chosen) {
    const startedAt = clock();
    const known = resource.pin
      ? (await mirrors.about(profile)).lists.find(
          (list) => list.resource === resource.id && list.parent === '',
        )
      : undefined;
    // A copy that begins later than what is asked for now has to be read from there anew.
    const reaches = known?.since === null || (logsSince !== undefined && logsSince >= (known?.since ?? 0));
    const newest = known?.wholeAt && reaches ? await mirrors.newest(profile, resource.id) : null;
    const begins = resource.pin && logsSince !== undefined ? logsSince : null;
    const since = newest === null ? begins : (known?.since ?? null);
    const from = newest ?? logsSince ?? null;
    const filters: Query['filters'] = resource.pin && from !== null ? { time: [String(from), ''] } : {};
    const query: Query = { profile, resource: resource.id, filters };
    let rows = 0;
    let total: number | null = null;
    const tell = () => onProgress({ rows: report.rows + rows, total, title: resource.id });
    const batches = harvest({
      session,
      query,
      clock,
      signal,
      onTotal: (of) => {
        total = of === null ? null : report.rows + of;
        tell();
      },
    });
    try {
      let step = await batches.next();
      for (; !step.done; step = await batches.next()) {
        await mirrors.put(profile, query, step.value, clock());
        rows += step.value.length;
        tell();
      }
      const whole = isComplete(step.value);
      // Of logs read on from the newest, older ones were not looked at: none of them can be told gone.
      if (whole)
        report.gone += await mirrors.finish(profile, query, from === null ? startedAt : 0, clock(), since);
      report.lists.push({ resource: resource.id, rows, whole, absent: false });
    } catch (error) {
      if (!isAbsent(error)) throw error;
      report.lists.push({ resource: resource.id, rows: 0, whole: false, absent: true });
    }
    report.rows += rows;
  }
  return report;
};
