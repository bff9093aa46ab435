import { resourceOf } from '../../shared/catalog/index.ts';
import type { RowOf } from '../../shared/catalog/row-of.ts';
import { type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import { type ExpiryList, expiresSoonMs } from '../../shared/home-view.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf, rowLabelOf, unreadableOf, valueAt } from '../../shared/row.ts';
import { anyText } from '../../shared/shown.ts';
import { hasNoneBelow, isAbsent } from '../rows/absent.ts';
import type { PageOfRows } from '../rows/page.ts';
import type { How, RowSource } from '../tenants/row-source.ts';
import { certificateEnds } from './certificates.ts';
import { firstRows } from './counted.ts';

/** Rows of a list that are looked at, and rows below which is asked: each of those is a request. */
const mostRows = 100;
const mostAsked = 30;
const together = 4;

/** What ends soon, ended already, or does not work. */
export type Expiring = {
  /** What it is called. */
  name: string;
  /** The row that it belongs to. */
  of: { id: string; name: string } | null;
  /** Unix ms; null for a domain, of which the API tells no end, but that it does not work, and for what is unreadable. */
  expiresAt: number | null;
  /** As the server says it, of a domain. */
  status?: string;
  /** It is there, and cannot be read: nobody knows when it ends. */
  unreadable?: true;
};

/** What was learned of one list. */
export type ExpiryPart = {
  list: ExpiryList;
  found: Expiring[];
  /** Rows that were looked at, or below which was; and how many there are, null where nobody says. */
  looked: number;
  of: number | null;
  /** Why the rest, or all of it, could not be learned. */
  error: ErrorValue | null;
};

const endOf = (row: Row): number | null => {
  const value = valueAt(row, 'expiresAt');
  return typeof value === 'number' ? value : null;
};

const isSoon = (row: Row, now: number): boolean => {
  const end = endOf(row);
  return end !== null && end <= now + expiresSoonMs;
};

/** Applications that have secrets of their own; in the others none is used. */
const withSecrets: readonly unknown[] = ['Traditional', 'MachineToMachine', 'Protected'];

type Below = {
  list: ExpiryList;
  parents: string;
  /** Rows of that list below which there can be any. */
  has: (row: Row) => boolean;
  /** Of what is found there, what counts. */
  counts: (row: Row) => boolean;
};

const below = {
  secrets: {
    list: 'application-secrets',
    parents: 'applications',
    has: ({ type }: RowOf<'applications'>) => withSecrets.includes(type),
    counts: () => true,
  },
  saml: {
    list: 'saml-application-certificates',
    parents: 'applications',
    has: ({ type }: RowOf<'applications'>) => type === 'SAML',
    counts: ({ active }: RowOf<'saml-application-certificates'>) => active === true,
  },
  sso: {
    list: 'sso-connector-certificates',
    parents: 'sso-connectors',
    has: ({ providerType, providerName }: RowOf<'sso-connectors'>) =>
      providerType === 'saml' || /saml|^AzureAD$/i.test(anyText(providerName)),
    counts: ({ active }: RowOf<'sso-connector-certificates'>) => active === true,
  },
} as const satisfies Record<string, Below>;

const failedPart = (list: ExpiryList, error: unknown): ExpiryPart => ({
  list,
  found: [],
  looked: 0,
  of: null,
  error: errorValueOf(error),
});

type Asked = { rows: RowSource; now: number; how: How };

const readBelow = async (
  { list, parents, has, counts }: Below,
  listed: Promise<PageOfRows>,
  { rows, now, how }: Asked,
): Promise<ExpiryPart> => {
  const above = resourceOf(parents);
  const own = resourceOf(list);
  const page = await listed;
  const all = page.rows.filter((row) => !unreadableOf(row) && has(row));
  const isWhole =
    page.total !== null && page.rows.length >= page.total && !(page.mirror && !page.mirror.whole);
  const part: ExpiryPart = { list, found: [], looked: 0, of: isWhole ? all.length : null, error: null };
  const asked = all.slice(0, mostAsked);
  for (let from = 0; from < asked.length && !part.error; from += together) {
    await Promise.all(
      asked.slice(from, from + together).map(async (row) => {
        const id = rowIdOf(above, row);
        const query: Query = { profile: rows.profile.id, resource: list, parent: id, filters: {} };
        try {
          const { rows: found } = await rows.rows({ query, page: 1, size: mostRows }, how);
          part.looked += 1;
          const soon = found.filter((one) => counts(one) && isSoon(one, now));
          for (const one of soon)
            part.found.push({
              name: rowLabelOf(own, one),
              of: { id, name: rowLabelOf(above, row) },
              expiresAt: endOf(one),
            });
        } catch (error) {
          how.signal?.throwIfAborted();
          if (hasNoneBelow(error)) part.looked += 1;
          else if (!part.error || isAbsent(error)) part.error = errorValueOf(error);
        }
      }),
    );
  }
  return part;
};

const readListed = async (
  list: ExpiryList,
  listed: Promise<PageOfRows>,
  expiring: (row: Row) => Omit<Expiring, 'name' | 'of'>[],
): Promise<ExpiryPart> => {
  const page = await listed;
  const read = page.rows.filter((row) => !unreadableOf(row));
  const isPartial = page.mirror && !page.mirror.whole;
  return {
    list,
    found: read.flatMap((row) =>
      expiring(row).map((found) => ({ name: rowLabelOf(resourceOf(list), row), of: null, ...found })),
    ),
    looked: read.length,
    of: isPartial ? null : page.total,
    error: null,
  };
};

/**
 * Secrets, certificates and invitations that end within 60 days or ended, and domains that do not work, by their lists, as
 * far as a few requests tell. What could not be learned is said by each list; throws only where the signal is aborted.
 */
export const readExpiring = async (rows: RowSource, clock: () => number, how: How): Promise<ExpiryPart[]> => {
  const now = clock();
  const asked = { rows, now, how };
  const first = (list: string) => firstRows(rows, list, mostRows, how);
  const applications = first('applications');
  const connectors = first('sso-connectors');
  const parts = [
    () => readBelow(below.secrets, applications, asked),
    () => readBelow(below.saml, applications, asked),
    () => readBelow(below.sso, connectors, asked),
    () =>
      readListed('sso-connectors', connectors, (row) =>
        certificateEnds(row).flatMap((expiresAt): Omit<Expiring, 'name' | 'of'>[] => {
          if (expiresAt === null) return [{ expiresAt, unreadable: true }];
          return expiresAt <= now + expiresSoonMs ? [{ expiresAt }] : [];
        }),
      ),
    () =>
      readListed('organization-invitations', first('organization-invitations'), (row) =>
        // One that ended needs nobody any more.
        row.status === 'Pending' && isSoon(row, now) && Number(endOf(row)) > now
          ? [{ expiresAt: endOf(row) }]
          : [],
      ),
    () =>
      readListed('domains', first('domains'), ({ status }) =>
        typeof status === 'string' && status !== 'Active' ? [{ expiresAt: null, status }] : [],
      ),
  ];
  const lists: readonly ExpiryList[] = [
    below.secrets.list,
    below.saml.list,
    below.sso.list,
    'sso-connectors',
    'organization-invitations',
    'domains',
  ];
  // Whichever is looked at last, its failure is somebody's.
  await Promise.allSettled([applications, connectors]);
  const read: ExpiryPart[] = [];
  for (const [at, part] of parts.entries()) {
    how.signal?.throwIfAborted();
    read.push(await part().catch((error: unknown) => failedPart(lists[at] ?? 'domains', error)));
  }
  return read;
};
