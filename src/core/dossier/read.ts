import pack from '../../../package.json' with { type: 'json' };
import { listsBelow, resourceOf } from '../../shared/catalog/index.ts';
import type { RowOf } from '../../shared/catalog/row-of.ts';
import { isWhole } from '../../shared/dossier.ts';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Query } from '../../shared/query.ts';
import { maskSecrets, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import { zoneName } from '../../shared/zone.ts';
import type { Source } from '../harvest/source.ts';
import type { RowSource } from '../tenants/row-source.ts';
import type { Dossier, Section } from './dossier.ts';
import { namesOf } from './names.ts';
import { type Reading, readSection, type SectionAsked } from './section.ts';

/** Who is asked for: a user's id, by the server or by the copy alone. */
export type DossierAsked = { user: string; mirrored: boolean; zone: string };

export type DossierDeps = {
  profile: Profile;
  /** Its rows by whoever is asked. */
  rows: RowSource;
  source: (query: Query) => Promise<Source>;
  clock: () => number;
  signal: AbortSignal;
  /** Told of the list that is read, and of the rows so far, of all lists. */
  onProgress: (list: string, rows: number) => void;
};

/** Sections in a row that may find nobody before nobody is asked any more. */
const mostUnreached = 3;

const isUnreached = ({ code }: ErrorValue) => code.startsWith('network.') || code.startsWith('token.');

const addressOf = (value: unknown): string[] =>
  typeof value === 'string' && value.includes('@') ? [value.normalize('NFC')] : [];

/** The email addresses that a user has, by itself and by its identities; each once. */
const addressesOf = (
  user: RowOf<'users'>,
  identities: readonly (RowOf<'user-social-identities'> & RowOf<'user-sso-identities'>)[],
): string[] => [
  ...new Set([
    ...addressOf(user.primaryEmail),
    ...identities.flatMap((row) => [
      ...addressOf(row.identity?.details?.email),
      ...addressOf(row.ssoIdentity?.detail?.email),
    ]),
  ]),
];

/** The same address in the ways in which a server that compares letters may have it. */
const writingsOf = (addresses: readonly string[]) => [
  ...new Set(addresses.flatMap((address) => [address, address.toLowerCase()])),
];

/** Reads everything that is known of one user. Throws `DeskError` where the user is not there, or nobody is reached. */
export const readDossier = async (
  { user: id, mirrored, zone }: DossierAsked,
  { profile, rows, source, clock, signal, onProgress }: DossierDeps,
): Promise<Dossier> => {
  const startedAt = clock();
  const users = resourceOf('users');
  const user = maskSecrets(users, await rows.row('users', id, { signal }));
  const sections: Section[] = [];
  let done = 0;
  let unreached = 0;
  const read = async (asked: SectionAsked, above?: Section): Promise<Section> => {
    const reading: Reading = { source, signal, onRows: (count) => onProgress(asked.id, done + count) };
    onProgress(asked.id, done);
    const section = await readSection(asked, reading, above);
    done += section.rows.length;
    sections.push(section);
    const [error] = section.errors;
    unreached = section.state === 'failed' && error && isUnreached(error) ? unreached + 1 : 0;
    if (error && unreached >= mostUnreached) throw new DeskError(error.code, error.detail);
    return section;
  };
  const of = (resource: string, more: Partial<Query> = {}): Query => ({
    profile: profile.id,
    resource,
    filters: {},
    ...more,
  });
  const below = (
    list: string,
    { id: parentList, rows: parents }: Section,
    parentOf: (id: string) => string,
  ) =>
    parents.map((row) => {
      const parent = rowIdOf(resourceOf(parentList), row);
      return {
        query: of(list, { parent: parentOf(parent) }),
        of: { id: parent, name: rowLabelOf(resourceOf(parentList), row) },
      };
    });

  const own = new Map<string, Section>();
  for (const { id: list } of listsBelow(users))
    own.set(list, await read({ id: list, parts: [{ query: of(list, { parent: id }) }] }));
  const roles = own.get('user-roles');
  if (roles) await read({ id: 'role-scopes', parts: below('role-scopes', roles, (role) => role) }, roles);
  const organizations = own.get('user-organizations');
  if (organizations)
    for (const list of ['organization-user-roles', 'organization-user-scopes'])
      await read(
        { id: list, parts: below(list, organizations, (organization) => `${organization}/${id}`) },
        organizations,
      );

  const identities = ['user-social-identities', 'user-sso-identities'].flatMap(
    (list) => own.get(list)?.rows ?? [],
  );
  const addresses = addressesOf(user, identities);
  const isOwn = (address: unknown) =>
    typeof address === 'string' &&
    addresses.some((one) => one.toLowerCase() === address.normalize('NFC').toLowerCase());
  // The server's filter compares letters; all of them come in one answer anyway. Those to others are nobody's business.
  await read({
    id: 'organization-invitations',
    parts: [{ query: of('organization-invitations') }],
    keep: (row: RowOf<'organization-invitations'>) => isOwn(row.invitee) || row.acceptedUserId === id,
  });
  await read({
    id: 'one-time-tokens',
    parts: writingsOf(addresses).map((email) => ({
      query: of('one-time-tokens', { filters: { email: [email] } }),
    })),
    keep: (row: RowOf<'one-time-tokens'>) => isOwn(row.email),
  });
  await read({ id: 'logs', parts: [{ query: of('logs', { filters: { user: [id] } }) }] });

  const names = await namesOf(user, sections, (list, ids) => rows.names(list, ids));
  const userAtEnd = await rows.row('users', id, { signal }).then(
    () => null,
    (error: unknown) => {
      if (signal.aborted) throw error;
      return errorValueOf(error);
    },
  );
  const ages = sections.flatMap(({ report }) => (report.mirror ? [report.mirror.asOf] : []));
  const { name, endpoint } = profile;
  return {
    kind: 'logto-desk-dossier',
    version: 1,
    manifest: {
      app: `${pack.productName} ${pack.version}`,
      tenant: { name, endpoint },
      user: { id, name: rowLabelOf(users, user) },
      source: profile.kind === 'snapshot' ? 'snapshot' : mirrored ? 'copy' : 'server',
      asOf: ages.length > 0 ? new Date(Math.min(...ages)).toISOString() : null,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(clock()).toISOString(),
      zone: zoneName(zone),
      complete: userAtEnd === null && sections.every(isWhole),
      userAtEnd,
      sections: sections.map(({ rows: { length }, ...section }) => ({ ...section, count: length })),
    },
    user,
    sections: Object.fromEntries(sections.map((section) => [section.id, section.rows])),
    names,
  };
};
