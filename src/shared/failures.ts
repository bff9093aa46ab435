import { type Column, type Neighbourhood, type Resource, resourceOf } from './catalog/index.ts';
import type { RowOf } from './catalog/row-of.ts';
import { type Query, queryResource } from './query.ts';
import type { Row } from './row.ts';

/**
 * The view of what failed of late with the same value as a row: of the same user, session or address. `isAny`: whatever it
 * was; else signing in.
 */
export const failuresQuery = (
  profile: string,
  { id, failures }: Pick<Resource, 'id' | 'failures'>,
  { column, filter }: Neighbourhood,
  value: string,
  isAny = false,
): Query | null => {
  if (!failures) return null;
  const failed = failures.where.filter((condition) => !isAny || condition.column === 'payload.result');
  return {
    profile,
    resource: id,
    filters: { time: [failures.days], ...(filter ? { [filter]: [value] } : {}) },
    where: [...(filter ? [] : [{ column, mode: 'is' as const, value }]), ...failed],
  };
};

/** The view of the sign-ins of a tenant that failed in the last 24 hours. */
export const failedSignIns = (profile: string): Query => ({
  profile,
  resource: 'logs',
  filters: { time: ['24h'] },
  where: [...(resourceOf('logs').failures?.where ?? [])],
});

const aboutSigningIn = /^Interaction\.(SignIn|Register|ForgotPassword)\./;

/** True of an audit log of what failed. */
export const hasFailed = (log: RowOf<'logs'>): boolean => log.payload?.result === 'Error';

/** True of an audit log of what failed, and is no signing in. */
export const hasFailedOtherwise = (log: RowOf<'logs'>): boolean =>
  hasFailed(log) && !String(log.key ?? '').includes('SignIn');

/** True of an audit log that tells how signing in went, or that anything failed. */
export const isSignInOrFailure = (log: RowOf<'logs'>): boolean =>
  hasFailed(log) || aboutSigningIn.test(String(log.key ?? ''));

/** At most so many of the logs (newest first) in their order: the newest, and what failed last in half of the places. */
export const withFailures = (logs: readonly Row[], most: number): Row[] => {
  const failed = logs.filter(hasFailed).slice(0, Math.ceil(most / 2));
  const others = logs.filter((log) => !failed.includes(log)).slice(0, Math.max(0, most - failed.length));
  return logs.filter((log) => failed.includes(log) || others.includes(log));
};

const isTelling = ({ kind }: Column) => kind === 'outcome' || kind === 'event' || kind === 'boolean';

/**
 * The column that a view is first counted by: one of few values; where the view has rows of one outcome alone, whom those
 * are of.
 */
export const countedFirst = (query: Query): string => {
  const resource: Resource = queryResource(query);
  const asked = new Set((query.where ?? []).map(({ column }) => column));
  for (const filter of resource.filters)
    if ('column' in filter && filter.column && query.filters[filter.id]?.[0]) asked.add(filter.column);
  const open = resource.columns.filter(({ id }) => !asked.has(id));
  const isOneOutcome = resource.columns.some(({ id, kind }) => kind === 'outcome' && asked.has(id));
  const first = isOneOutcome ? open.find(({ ref }) => ref) : undefined;
  return (first ?? open.find(isTelling) ?? resource.columns[0])?.id ?? resource.rowId;
};
