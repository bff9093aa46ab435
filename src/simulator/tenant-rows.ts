import type { Json } from './json.ts';
import { machineRoleNames, roleNames } from './names.ts';
import { idText, pick } from './random.ts';

/** The built-in role that grants the `all` scope. */
export const managementRoleName = 'Logto Management API access';
/** The other built-in role, of Logto's own Console. */
export const adminRoleName = '#internal:admin';
/** The permission that stands for all of the Management API. */
export const managementScope = 'management-api-all';

const day = 86_400_000;

export const applicationRow = (
  name: string,
  type: string,
  index: number,
  seed: number,
  anchor: number,
): Json => ({
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

export const organizationRow = (name: string, index: number, seed: number, anchor: number): Json => ({
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

export const resourceRows = (seed: number): Json[] => [
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

export const scopeRows = (resources: readonly Json[], seed: number, anchor: number): Json[] =>
  resources.flatMap((resource, index) =>
    resource.id === 'management-api'
      ? [
          {
            tenantId: 'default',
            id: managementScope,
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

/** 45 roles: the two built-in ones, 36 for users, 7 for machines. */
export const roleRows = (seed: number): Json[] => [
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
  {
    tenantId: 'default',
    id: 'admin-role',
    name: adminRoleName,
    description: 'Internal admin role for Logto tenant default.',
    type: 'MachineToMachine',
    isDefault: false,
  },
];

export const connectorRows = (seed: number): Json[] =>
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

export const hookRows = (seed: number, anchor: number): Json[] =>
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
