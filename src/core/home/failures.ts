import { resourceOf } from '../../shared/catalog/index.ts';
import { failedSignIns } from '../../shared/failures.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { heldAt } from '../../shared/query.ts';
import { rowIdOf, unreadableOf } from '../../shared/row.ts';
import type { How } from '../tenants/row-source.ts';
import type { Tenant } from '../tenants/tenants.ts';
import { type Known, knownBy } from './counted.ts';

/** Pages of the newest logs that are looked through at most. */
const mostPages = 10;
const pageRows = 100;

/** Sign-ins of the last 24 hours that failed. No server is asked for them by their result (FACTS roles, logs). */
export type FailedSignIns = Known & {
  /** Of those looked at. */
  failed: number;
  /** Logs that were looked at, the newest ones, each counted once. */
  looked: number;
  /** Logs of that time; null where nobody says. */
  total: number | null;
  capped: boolean;
};

/** Throws `DeskError`. */
export const readFailures = async (
  { profile, rows, copy }: Pick<Tenant, 'profile' | 'rows' | 'copy'>,
  clock: () => number,
  how: How,
): Promise<FailedSignIns> => {
  const logs = resourceOf('logs');
  const { where = [], ...view } = heldAt(failedSignIns(profile.id), clock());
  const tests = testsOf(logs, where, { now: clock() });
  const seen = new Set<string>();
  let failed = 0;
  let total: number | null = null;
  let capped = false;
  let until: number | undefined;
  let known: Known | null = null;
  for (let page = 1; page <= mostPages; page += 1) {
    const held = until === undefined ? {} : { until };
    const answer = await rows.rows({ query: view, page, size: pageRows, ...held }, how);
    if (answer.mirror) {
      // The copy counts all of it at once.
      const {
        total: matches,
        of,
        ...all
      } = await copy.rows({ query: { ...view, where: [...where] }, page: 1, size: 1 }, how);
      return {
        ...knownBy(all),
        failed: matches ?? 0,
        looked: of ?? 0,
        total: all.mirror?.whole ? (of ?? null) : null,
        capped: false,
      };
    }
    known ??= knownBy(answer);
    if (page === 1) ({ total, capped } = answer);
    until ??= answer.until ?? undefined;
    for (const row of answer.rows) {
      const id = rowIdOf(logs, row);
      if (unreadableOf(row) || seen.has(id)) continue;
      seen.add(id);
      if (fits(tests, row)) failed += 1;
    }
    if (answer.rows.length < pageRows) break;
  }
  return { ...(known ?? { asOf: clock() }), failed, looked: seen.size, total, capped };
};
