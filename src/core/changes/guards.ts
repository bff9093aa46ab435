import type { RowOf } from '../../shared/catalog/row-of.ts';
import type { SecretRef } from '../../shared/change/change.ts';
import { checkValues, type Refusal } from '../../shared/change/checks.ts';
import { managementIndicators } from '../../shared/change/operations/management.ts';
import type { Look, Operation, Seen, Stated, TakenFrom } from '../../shared/change/operations/operation.ts';
import { lookAt, lookThrough } from '../../shared/change/operations/request.ts';
import { objectOf, rowOf, rowsOf, text, texts } from '../../shared/change/operations/values.ts';
import { brokenRule } from '../../shared/change/password-policy.ts';
import { secretRefOf } from '../../shared/change/secrets.ts';
import type { Session } from '../client/session.ts';
import { holdersOf } from './belongings.ts';
import { hasNoOther, pageOf } from './emptied.ts';
import { type LookHow, seenBy } from './present.ts';

/** How long what was read is held to be so while changes are made, ms: many of them ask for the same role. */
const heldMs = 1_000;

/** How lists are read where guards are overridden. */
export const overriding = (forced: readonly string[]): Pick<LookHow, 'mayLack'> => ({
  mayLack: forced.includes('rows-hidden'),
});

type Asking = {
  /** It may move while changes are made: it is read again. */
  isMoving?: boolean;
  /** Guards that are overridden. */
  forced?: readonly string[];
};

/** What a tenant has that guards ask for: read once for a plan, and again while it is applied. */
export class Surroundings {
  readonly session: Session;
  readonly secretOf: (ref: SecretRef) => unknown;
  readonly #isMoving: boolean;
  readonly #how: LookHow;
  readonly #read = new Map<string, { at: number; seen: Promise<Seen> }>();

  constructor(
    session: Session,
    secretOf: (ref: SecretRef) => unknown,
    { isMoving = false, forced = [] }: Asking = {},
  ) {
    this.session = session;
    this.secretOf = secretOf;
    this.#isMoving = isMoving;
    this.#how = overriding(forced);
  }

  #once(key: string, look: () => Promise<Seen>): Promise<Seen> {
    const now = performance.now();
    const known = this.#read.get(key);
    if (known && (!this.#isMoving || now - known.at < heldMs)) return known.seen;
    const seen = look();
    this.#read.set(key, { at: now, seen });
    return seen;
  }

  #seen(look: Look): Promise<Seen> {
    return seenBy(this.session, look, this.#how);
  }

  role(id: string): Promise<Seen> {
    return this.#once(`role ${id}`, () => this.#seen(lookAt('/api/roles/{id}', { id })));
  }

  organizationRole(id: string): Promise<Seen> {
    return this.#once(`organization role ${id}`, () =>
      this.#seen(lookAt('/api/organization-roles/{id}', { id })),
    );
  }

  signIn(): Promise<Seen> {
    return this.#once('sign-in', () => this.#seen(lookAt('/api/sign-in-exp', {})));
  }

  /** True of a list that has rows, and none but those with these ids: read until another one is found. */
  isAll({ look, ids }: Pick<TakenFrom, 'look' | 'ids'>): Promise<boolean> {
    const key = JSON.stringify(look);
    return hasNoOther(ids, (page) =>
      this.#once(`page ${page} of ${key}`, () =>
        seenBy(this.session, pageOf(look, page), { priority: 'background' }),
      ),
    );
  }

  /** True while changes are made; of a plan it is asked once, of all that it takes. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** Ids of roles that this app itself has. */
  async ownRoles(): Promise<string[]> {
    const { appId: applicationId } = this.session.profile;
    const seen = await this.#once('own roles', () =>
      this.#seen(lookThrough('/api/applications/{applicationId}/roles', { applicationId })),
    );
    return rowsOf([seen]).map(({ id }) => text(id));
  }

  /** Ids of the Management API among API resources. */
  async managementApis(): Promise<string[]> {
    const { profile } = this.session;
    const all = await this.#once('resources', () => this.#seen(lookThrough('/api/resources', {})));
    return rowsOf([all])
      .filter(({ indicator }) => managementIndicators(profile.resource).includes(text(indicator)))
      .map(({ id }) => text(id));
  }

  /** Ids of the Management API's permissions. */
  async managementScopes(): Promise<string[]> {
    const scopes = await Promise.all(
      (await this.managementApis()).map((resourceId) =>
        this.#once(`scopes ${resourceId}`, () =>
          this.#seen(lookThrough('/api/resources/{resourceId}/scopes', { resourceId })),
        ),
      ),
    );
    return scopes.flatMap((seen) => rowsOf([seen]).map(({ id }) => text(id)));
  }
}

/** Names of roles that Logto makes itself. */
const isBuiltIn = (row: RowOf<'roles'> | null): boolean =>
  row !== null && (text(row.name).startsWith('#internal:') || row.name === 'Logto Management API access');

type Guarding = (
  around: Surroundings,
  operation: Operation,
  change: Stated,
  seen: readonly Seen[],
  forced: readonly string[],
) => Promise<Refusal | null>;

/** This app, its secrets, its roles. By what is done, here and below: a plan's file says of an object what it likes. */
const ownApp: Guarding = async ({ session }, { id, kind, resource }, { target, after }) => {
  const { appId } = session.profile;
  const refused = { guard: 'own-app', about: appId } as const;
  if (resource === 'applications' && target.id === appId)
    return kind === 'delete' || kind === 'remove' || kind === 'act' ? refused : null;
  if (id === 'roles.removeApplications') return texts(after.applicationIds).includes(appId) ? refused : null;
  return null;
};

const ownRole: Guarding = async (around, { id, kind, resource }, { target }) => {
  if (resource !== 'roles' || (kind !== 'delete' && id !== 'roles.removeScopes')) return null;
  return (await around.ownRoles()).includes(target.id)
    ? { guard: 'own-app', about: around.session.profile.appId }
    : null;
};

const builtInRole: Guarding = async (around, { kind, resource }, { target }) => {
  if (resource !== 'roles' || !['update', 'delete', 'remove'].includes(kind)) return null;
  const row = rowOf([await around.role(target.id)]);
  return isBuiltIn(row) ? { guard: 'built-in-role', about: text(row?.name) } : null;
};

/** Users are given roles of users, applications those of machines; the server finds out too late, or not at all (WRITES). */
const roleType: Guarding = async (around, { id, kind, resource }, { target, after }) => {
  if (kind !== 'add' && kind !== 'create') return null;
  const isOf = async (roleIds: readonly string[], type: string): Promise<Refusal | null> => {
    for (const roleId of roleIds) {
      const row: RowOf<'roles'> | null = rowOf([await around.role(roleId)]);
      if (row === null) return { guard: 'not-found', about: roleId };
      if (row.type !== undefined && row.type !== type) return { guard: 'role-type', about: text(row.name) };
    }
    return null;
  };
  if (resource === 'users') return isOf(texts(after.roleIds), 'User');
  if (id === 'applications.addRoles') return isOf(texts(after.roleIds), 'MachineToMachine');
  if (id === 'roles.addUsers') return isOf([target.id], 'User');
  if (id === 'roles.addApplications') return isOf([target.id], 'MachineToMachine');
  return null;
};

/** API permissions that a change gives to a role. */
const givenScopes = (id: string, after: Stated['after']): string[] => {
  if (id === 'organization-roles.create') return texts(after.resourceScopeIds);
  const gives = ['roles.addScopes', 'roles.create', 'organization-roles.addResourceScopes'];
  return gives.includes(id) ? texts(after.scopeIds) : [];
};

const managementScope: Guarding = async (around, { id }, { target, after }) => {
  const given = givenScopes(id, after);
  if (given.length === 0) return null;
  if (id === 'roles.create' && after.type === 'MachineToMachine') return null;
  if (id === 'roles.addScopes') {
    const row = rowOf([await around.role(target.id)]);
    if (row?.type === 'MachineToMachine') return null;
  }
  const management = await around.managementScopes();
  const found = given.find((scope) => management.includes(scope));
  return found === undefined ? null : { guard: 'management-scope', about: found };
};

/** The server refuses to change its own API and what that permits, but for making it the default (WRITES). */
const managementApi: Guarding = async (around, { id, resource, kind }, { target }) => {
  const isOfResource = resource === 'resources' && id !== 'resources.setDefault' && kind !== 'create';
  if (!isOfResource && resource !== 'resource-scopes') return null;
  const api = resource === 'resources' ? target.id : target.parent;
  return (await around.managementApis()).includes(api) ? { guard: 'management-api', about: '' } : null;
};

/** What others hold is taken from all of them: a permission from who has its role, a role from members. */
const heldByOthers: Guarding = async ({ session }, operation, { target }, _, forced) => {
  const holders = operation.holders?.filter(({ isUse }) => isUse) ?? [];
  if (holders.length === 0 || forced.includes('in-use')) return null;
  const [holder] = (
    await holdersOf(session, { holders }, target, { priority: 'background', ...overriding(forced) })
  ).flat();
  return holder ? { guard: 'in-use', about: text(holder.name) || text(holder.id) } : null;
};

const passwordPolicy: Guarding = async (around, _, { after }, seen, forced) => {
  const ref = secretRefOf(after.password);
  if (!ref) return null;
  const password = around.secretOf(ref);
  if (typeof password !== 'string') return { guard: 'secret-gone', about: 'password' };
  if (password.includes('\0') && !forced.includes('nul')) return { guard: 'nul', about: 'password' };
  const signIn = rowOf([await around.signIn()]);
  const person = { ...(rowOf(seen) ?? {}), ...after };
  const { name, username, primaryEmail, primaryPhone } = person as Readonly<Record<string, unknown>>;
  const owner = { name, username, primaryEmail, primaryPhone };
  const rule = brokenRule(objectOf(signIn?.passwordPolicy), password, owner);
  return rule === null ? null : { guard: 'password-policy', about: rule };
};

/** The list that would have nothing left; null where none. */
const emptiedBy = async (
  around: Surroundings,
  operation: Operation,
  change: Stated,
  seen: readonly Seen[],
): Promise<string | null> => {
  const emptied = operation.empties?.(change, seen) ?? null;
  if (emptied !== null || !around.isMoving) return emptied;
  for (const taken of operation.takesFrom?.(change) ?? []) if (await around.isAll(taken)) return taken.list;
  return null;
};

const guardings: readonly Guarding[] = [
  ownApp,
  ownRole,
  builtInRole,
  roleType,
  managementScope,
  managementApi,
  heldByOthers,
  passwordPolicy,
];

/** Why a change is refused; null where no guard does but those that are `forced`. Reads what guards ask for. */
export const refusalOf = async (
  around: Surroundings,
  operation: Operation,
  change: Stated,
  seen: readonly Seen[],
  rivals: Seen,
  forced: readonly string[],
): Promise<Refusal | null> => {
  const stands = (refusal: Refusal | null): refusal is Refusal =>
    refusal !== null && !forced.includes(refusal.guard);
  const value = checkValues(operation, change.after, change.before, forced);
  if (stands(value)) return value;
  const rival = rowsOf([rivals]).find(({ id }) => id !== change.target.id);
  if (rival) return { guard: 'taken', about: text(rival.id) };
  return standingRefusal(around, operation, change, seen, forced);
};

/** Why a change is refused by what is beside its values, and may have moved since it was planned. */
export const standingRefusal = async (
  around: Surroundings,
  operation: Operation,
  change: Stated,
  seen: readonly Seen[],
  forced: readonly string[],
): Promise<Refusal | null> => {
  const stands = (refusal: Refusal | null): refusal is Refusal =>
    refusal !== null && !forced.includes(refusal.guard);
  const own = operation.guard?.(change, seen) ?? null;
  if (stands(own)) return own;
  const emptied = forced.includes('empties-set') ? null : await emptiedBy(around, operation, change, seen);
  if (emptied !== null) return { guard: 'empties-set', about: emptied };
  for (const guarding of guardings) {
    const refusal = await guarding(around, operation, change, seen, forced);
    if (stands(refusal)) return refusal;
  }
  return null;
};
