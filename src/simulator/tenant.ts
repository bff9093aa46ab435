import { grantOf, sessionOf } from './account-data.ts';
import type { Json } from './json.ts';
import { type ListData, listData } from './list-data.ts';
import { LogData, type LogRow } from './log-data.ts';
import { apps, companies } from './names.ts';
import { OrganizationParts } from './organization-parts.ts';
import { Parts } from './parts.ts';
import { below, hash, idText, pick } from './random.ts';
import { settingsData } from './settings-data.ts';
import {
  adminRoleName,
  applicationRow,
  connectorRows,
  hookRows,
  managementRoleName,
  managementScope,
  organizationRow,
  resourceRows,
  roleRows,
  scopeRows,
} from './tenant-rows.ts';
import { type UserRow, userId, userRow } from './user-data.ts';

export type TenantOptions = {
  users?: number;
  logs?: number;
  seed?: number;
  /** Newest moment of the data, unix ms. */
  anchor?: number;
  /** Users `[from, to)` that share one `createdAt`. */
  tied?: readonly [number, number];
  /** Logs `[from, to)` that were written in one millisecond. */
  tiedLogs?: readonly [number, number];
  /** The logs' moments, newest first, unix ms; absent: computed. */
  logMoments?: readonly number[];
  /** Logs have moments between milliseconds, as in a real database (`LogData`). */
  microseconds?: boolean;
  /** Users whose names of 65 emoji no answer of a real server can hold (`unanswerable.ts`), by their places. */
  longNames?: readonly number[];
  /**
   * Rows of a moment are drawn anew for each page, as a server does that sorts no more of them than a page needs: a loop
   * over 3,000 such users met 1,924.
   */
  drawnTies?: boolean;
  /** Every token request writes an audit log, as a real server does (FACTS token). */
  auditTokens?: boolean;
};

/** The demo tenant of the app: always the same data. */
export const demoTenant = {
  users: 20_000,
  logs: 100_000,
  seed: 7,
  anchor: Date.UTC(2026, 10, 20, 9, 0, 0),
  tied: [4_000, 10_000],
  auditTokens: false,
} satisfies TenantOptions;

const day = 86_400_000;

/** The rows of a tenant, in the order in which the server would list them. */
export class Tenant {
  readonly users: UserRow[];
  readonly logs: LogData;
  /** Logs written since the start, newest first; they come before `logs`. */
  readonly newLogs: LogRow[] = [];
  readonly roles: Json[];
  readonly applications: Json[];
  readonly organizations: Json[];
  readonly resources: Json[];
  readonly scopes: Json[];
  readonly connectors: Json[];
  readonly hooks: Json[];
  readonly lists: ListData;
  readonly auditTokens: boolean;
  /** Of so many rows of a moment one stands elsewhere on each page; undefined: as usual. */
  readonly tieRate: number | undefined;
  readonly usersByRole = new Map<string, Set<string>>();
  readonly appsByRole = new Map<string, Set<string>>();
  readonly scopesByRole = new Map<string, string[]>();
  readonly usersByOrganization = new Map<string, Set<string>>();
  readonly settings = settingsData();
  /** Lists nested under the rows. */
  readonly parts = new Parts(this);
  readonly organizationParts = new OrganizationParts(this);
  readonly #seed: number;
  #written = 0;
  /** Grows with every change of the users, so that what was computed from them is known to be old. */
  version = 0;

  constructor(options: TenantOptions = {}) {
    const settings = { ...demoTenant, ...options };
    const { seed, anchor } = settings;
    this.#seed = seed;
    this.auditTokens = settings.auditTokens;
    this.tieRate = settings.drawnTies ? 1 : undefined;
    const tied: readonly [number, number] = [
      Math.min(settings.tied[0], settings.users),
      Math.min(settings.tied[1], settings.users),
    ];
    this.users = Array.from({ length: settings.users }, (_, index) => userRow(index, { seed, anchor, tied }));
    for (const place of settings.longNames ?? []) {
      const user = this.users[place];
      if (user) user.name = '😀'.repeat(65);
    }
    this.applications = apps.map(([name, type], index) => applicationRow(name, type, index, seed, anchor));
    this.organizations = companies.map((name, index) => organizationRow(name, index, seed, anchor));
    this.resources = resourceRows(seed);
    this.scopes = scopeRows(this.resources, seed, anchor);
    this.roles = roleRows(seed);
    this.connectors = connectorRows(seed);
    this.hooks = hookRows(seed, anchor);
    this.lists = listData({
      seed,
      anchor,
      userIds: this.users.slice(0, 40).map(({ id }) => id),
      organizationIds: this.organizations.map(({ id }) => String(id)),
      scopes: this.scopes,
    });
    const idsOfType = (machine: boolean) =>
      this.applications
        .filter((app) => (app.type === 'MachineToMachine') === machine)
        .map((app) => String(app.id));
    this.logs = new LogData({
      count: settings.logs,
      seed,
      anchor,
      users: settings.users,
      userIds: (index) => userId(seed, index),
      apps: idsOfType(false),
      machines: idsOfType(true),
      ...(settings.tiedLogs ? { tied: settings.tiedLogs } : {}),
      microseconds: settings.microseconds ?? false,
      ...(settings.logMoments ? { moments: settings.logMoments } : {}),
    });
    this.#assign(idsOfType(true));
  }

  #assign(machines: readonly string[]) {
    const userRoles = this.roles.filter((role) => role.type === 'User').map((role) => String(role.id));
    const machineRoles = this.roles
      .filter((role) => role.type === 'MachineToMachine' && role.name !== adminRoleName)
      .map((role) => String(role.id));
    for (const id of [...userRoles, ...machineRoles, 'admin-role']) {
      this.usersByRole.set(id, new Set());
      this.appsByRole.set(id, new Set());
    }
    for (const organization of this.organizations)
      this.usersByOrganization.set(String(organization.id), new Set());
    this.users.forEach((user, index) => {
      for (let n = hash(this.#seed + 40, index) % 3; n > 0; n -= 1) {
        this.usersByRole.get(pick(userRoles, this.#seed + 41 + n, index))?.add(user.id);
      }
      if (index % 3 === 0) {
        const organization = pick(this.organizations, this.#seed + 45, index);
        this.usersByOrganization.get(String(organization.id))?.add(user.id);
      }
    });
    machines.forEach((id, index) => {
      this.appsByRole.get(machineRoles[index % machineRoles.length] ?? '')?.add(id);
    });
    const grantable = this.scopes.filter((scope) => scope.resourceId !== 'management-api');
    userRoles.forEach((id, index) => {
      const count = 1 + below(6, this.#seed + 46, index);
      this.scopesByRole.set(
        id,
        Array.from({ length: count }, (_, n) =>
          String(grantable[(index * 5 + n * 3) % grantable.length]?.id),
        ),
      );
    });
    const management = this.roles.find((role) => role.name === managementRoleName);
    if (management) this.scopesByRole.set(String(management.id), [managementScope]);
    this.scopesByRole.set('admin-role', [managementScope]);
  }

  /** Adds a user as the newest. `createdAt` in unix ms. */
  insertUser(createdAt: number, fields: Partial<UserRow> = {}): UserRow {
    this.#written += 1;
    const blank = userRow(1_000_000 + this.#written, { seed: this.#seed, anchor: createdAt, tied: [0, 0] });
    const row = { ...blank, lastSignInAt: null, createdAt, updatedAt: createdAt, ...fields };
    this.users.unshift(row);
    this.version += 1;
    return row;
  }

  removeUser(id: string): boolean {
    const index = this.users.findIndex((user) => user.id === id);
    if (index < 0) return false;
    this.users.splice(index, 1);
    for (const members of [...this.usersByRole.values(), ...this.usersByOrganization.values()])
      members.delete(id);
    this.version += 1;
    return true;
  }

  /** Notes that a user's row changed. `now` in unix ms. */
  touchUser(user: UserRow, now: number) {
    user.updatedAt = now;
    this.version += 1;
  }

  /** A user signs in: a session and a grant more, and the row moves without any write. `now` in unix ms. */
  signIn(user: UserRow, now: number, applicationId: string) {
    const { sessions, grants } = this.parts;
    const held = { sessions: sessions.of(user.id, user), grants: grants.of(user.id, user) };
    user.lastSignInAt = now;
    user.applicationId ??= applicationId;
    this.touchUser(user, now);
    const application = this.applications.find(({ id }) => id === applicationId);
    const signedIn = {
      uid: this.newId(21),
      grantId: this.newId(21),
      jti: this.newId(21),
      application,
      applicationId,
    };
    sessions.set(user.id, [...held.sessions, sessionOf(user, now, signedIn)]);
    grants.set(user.id, [...held.grants, grantOf(user, now, signedIn)]);
  }

  /** An id of so many characters that no row has yet. */
  newId(length: number): string {
    this.#written += 1;
    return idText(length, this.#seed + 51, this.#written);
  }

  /** The app that asks, as the row that a real tenant has of it; one that may do all holds the built-in role. */
  registerApp(id: string, mayDoAll: boolean) {
    if (this.parts.goneApps.has(id) || this.applications.some((app) => app.id === id)) return;
    const oldest = Math.min(...this.applications.map(({ createdAt }) => Number(createdAt)));
    const row = applicationRow('Logto Desk', 'MachineToMachine', 0, this.#seed, 0);
    this.applications.push({
      ...row,
      id,
      secret: `internal:${idText(32, this.#seed + 52, this.applications.length)}`,
      description: null,
      createdAt: oldest - day,
    });
    const management = this.roles.find((role) => role.name === managementRoleName);
    if (mayDoAll && management) this.appsByRole.get(String(management.id))?.add(id);
  }

  /** Writes an audit log as the newest. `createdAt` in unix ms. */
  insertLog(createdAt: number, key: string, payload: Json = {}): LogRow {
    this.#written += 1;
    const row = {
      tenantId: 'default',
      id: idText(21, this.#seed + 50, this.#written),
      key,
      payload: { key, result: 'Success', ip: '::ffff:127.0.0.1', userAgent: 'node', ...payload },
      createdAt,
    };
    this.newLogs.unshift(row);
    return row;
  }
}

export { adminRoleName, managementRoleName, managementScope };
