import type { Json } from './json.ts';
import { type ListData, listData } from './list-data.ts';
import { LogData, type LogRow } from './log-data.ts';
import { apps, companies, machineRoleNames, roleNames } from './names.ts';
import { below, hash, idText, pick } from './random.ts';
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

/** The built-in role that grants the `all` scope. */
export const managementRoleName = 'Logto Management API access';

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
      .filter((role) => role.type === 'MachineToMachine')
      .map((role) => String(role.id));
    for (const id of [...userRoles, ...machineRoles]) {
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
    if (management) this.scopesByRole.set(String(management.id), ['management-api-all']);
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

const applicationRow = (name: string, type: string, index: number, seed: number, anchor: number): Json => ({
  tenantId: 'default',
  id: idText(21, seed + 60, index),
  name,
  secret: `sim-app-secret-${idText(20, seed + 61, index)}`,
  description: index % 3 === 0 ? `${name} of the demo company` : null,
  type,
  oidcClientMetadata: {
    redirectUris: type === 'MachineToMachine' ? [] : [`https://app${index}.example.com/callback`],
    postLogoutRedirectUris: type === 'MachineToMachine' ? [] : [`https://app${index}.example.com`],
  },
  customClientMetadata: {},
  protectedAppMetadata: null,
  customData: {},
  isThirdParty: index % 11 === 10,
  appLevelAccessControlEnabled: false,
  createdAt: anchor - (index + 3) * 9 * day,
});

const organizationRow = (name: string, index: number, seed: number, anchor: number): Json => ({
  tenantId: 'default',
  id: idText(12, seed + 62, index),
  name,
  description: index % 4 === 3 ? null : `Customer since ${2019 + (index % 7)}`,
  customData: index % 5 === 0 ? { region: pick(['apac', 'emea', 'amer'], seed, index) } : {},
  isMfaRequired: index % 6 === 0,
  color: {},
  branding: {},
  customCss: null,
  createdAt: anchor - (index + 1) * 6 * day,
});

const apiNames = [
  'Orders',
  'Catalog',
  'Payments',
  'Shipping',
  'Loyalty',
  'Reports',
  'Media',
  'Messaging',
] as const;

const resourceRows = (seed: number): Json[] => [
  {
    tenantId: 'default',
    id: 'management-api',
    name: 'Logto Management API',
    indicator: 'https://default.logto.app/api',
    isDefault: false,
    accessTokenTtl: 3600,
  },
  ...apiNames.map((name, index) => ({
    tenantId: 'default',
    id: idText(21, seed + 63, index),
    name: `${name} API`,
    indicator: `https://${name.toLowerCase()}.api.example.com`,
    isDefault: index === 0,
    accessTokenTtl: 3600,
  })),
];

const scopeRows = (resources: readonly Json[], seed: number, anchor: number): Json[] =>
  resources.flatMap((resource, index) =>
    resource.id === 'management-api'
      ? [
          {
            tenantId: 'default',
            id: 'management-api-all',
            resourceId: 'management-api',
            name: 'all',
            description: 'Default scope for Management API, allows all permissions.',
            createdAt: anchor - 900 * day,
          },
        ]
      : ['read', 'write', 'delete', 'manage'].map((verb, n) => ({
          tenantId: 'default',
          id: idText(21, seed + 64 + n, index),
          resourceId: resource.id,
          name: `${verb}:${String(resource.name).split(' ')[0]?.toLowerCase()}`,
          description: `May ${verb} in ${String(resource.name)}`,
          createdAt: anchor - 400 * day,
        })),
  );

/** 45 roles: the built-in one, 36 for users, 8 for machines. */
const roleRows = (seed: number): Json[] => [
  {
    tenantId: 'default',
    id: idText(21, seed + 70, 0),
    name: managementRoleName,
    description: 'This default role grants access to the Logto management API.',
    type: 'MachineToMachine',
    isDefault: false,
  },
  ...roleNames.map((name, index) => ({
    tenantId: 'default',
    id: idText(21, seed + 71, index),
    name,
    description: `May do what a ${name} does`,
    type: 'User',
    isDefault: index === 5,
  })),
  ...machineRoleNames.map((name, index) => ({
    tenantId: 'default',
    id: idText(21, seed + 72, index),
    name: `machine: ${name}`,
    description: `For services that ${name}`,
    type: 'MachineToMachine',
    isDefault: false,
  })),
];

const connectorRows = (seed: number): Json[] =>
  [
    [
      'simple-mail-transfer-protocol',
      'Email',
      { host: 'smtp.example.com', auth: { user: 'mailer', pass: 'sim-smtp-password-d41d8c' } },
    ],
    ['twilio-short-message-service', 'Sms', { accountSID: 'AC0000', authToken: 'sim-sms-token-98f00b' }],
    ['google-universal', 'Social', { clientId: 'google-client', clientSecret: 'sim-google-secret-204e98' }],
    ['github-universal', 'Social', { clientId: 'github-client', clientSecret: 'sim-github-secret-ecf842' }],
  ].map(([connectorId, type, config], index) => ({
    id: idText(12, seed + 73, index),
    connectorId,
    type,
    config,
    syncProfile: false,
    enableTokenStorage: false,
    metadata: {},
    name: { en: String(connectorId) },
    target: String(connectorId).split('-')[0],
    platform: type === 'Social' ? 'Universal' : null,
  }));

const hookRows = (seed: number, anchor: number): Json[] =>
  ['User lifecycle', 'Audit mirror', 'CRM'].map((name, index) => ({
    tenantId: 'default',
    id: idText(21, seed + 74, index),
    name,
    events: ['User.Created', 'User.Deleted'],
    event: null,
    config: { url: `https://hooks.example.com/${index}` },
    signingKey: `sim-signing-key-${idText(20, seed + 75, index)}`,
    enabled: index !== 2,
    createdAt: anchor - (index + 20) * day,
  }));
