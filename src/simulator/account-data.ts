import type { Json } from './json.ts';
import { hash, idText } from './random.ts';
import type { Tenant } from './tenant.ts';
import type { UserRow } from './user-data.ts';

/** What hangs below a user, in the shapes of Logto's OpenAPI document; the same for a user on every start. */

const day = 86_400_000;

/** A number of the user's own, for choices that stay. */
const drawOf = ({ id }: UserRow, about: number) => hash(about, Number.parseInt(id.slice(0, 6), 36));

const seconds = (ms: number) => Math.floor(ms / 1000);

const lastSeen = (user: UserRow) => user.lastSignInAt ?? user.createdAt;

const applicationOf = ({ applications }: Tenant, user: UserRow): Json => {
  const signIn = applications.filter(({ type }) => type !== 'MachineToMachine');
  return signIn[drawOf(user, 1) % Math.max(1, signIn.length)] ?? {};
};

export const mfaFactors = (user: UserRow): Json[] => {
  if (drawOf(user, 2) % 4 !== 0) return [];
  const createdAt = new Date(user.createdAt).toISOString();
  const lastUsedAt = new Date(lastSeen(user)).toISOString();
  return [
    { id: idText(21, 301, drawOf(user, 3)), createdAt, lastUsedAt, type: 'Totp' },
    {
      id: idText(21, 302, drawOf(user, 3)),
      createdAt,
      type: 'BackupCode',
      remainCodes: 1 + (drawOf(user, 4) % 9),
    },
  ];
};

export const accessTokens = (user: UserRow): Json[] =>
  drawOf(user, 5) % 7 === 0
    ? [
        {
          tenantId: 'default',
          userId: user.id,
          name: 'deploy',
          value: `pat_sim-${idText(24, 303, drawOf(user, 6))}`,
          createdAt: user.createdAt,
          expiresAt: user.createdAt + 90 * day,
        },
      ]
    : [];

export const sessions = (tenant: Tenant, user: UserRow): Json[] => {
  if (user.lastSignInAt === null) return [];
  const signedIn = seconds(user.lastSignInAt);
  const uid = idText(21, 304, drawOf(user, 7));
  const { id: clientId = '' } = applicationOf(tenant, user);
  return [
    {
      payload: {
        exp: signedIn + 14 * 86_400,
        iat: signedIn,
        jti: idText(21, 305, drawOf(user, 7)),
        uid,
        kind: 'Session',
        loginTs: signedIn,
        accountId: user.id,
        authorizations: { [String(clientId)]: { sid: uid, grantId: idText(21, 306, drawOf(user, 7)) } },
      },
      lastSubmission: { interactionEvent: 'SignIn', userId: user.id, verificationRecords: [] },
      clientId,
      accountId: user.id,
      expiresAt: user.lastSignInAt + 14 * day,
    },
  ];
};

export const grants = (tenant: Tenant, user: UserRow): Json[] => {
  if (user.lastSignInAt === null) return [];
  const issued = seconds(user.lastSignInAt);
  const { id: clientId, name } = applicationOf(tenant, user);
  const id = idText(21, 306, drawOf(user, 7));
  return [
    {
      id,
      payload: {
        exp: issued + 14 * 86_400,
        iat: issued,
        jti: id,
        kind: 'Grant',
        clientId,
        accountId: user.id,
      },
      expiresAt: user.lastSignInAt + 14 * day,
      application: { id: clientId, name },
    },
  ];
};

export const identitiesOf = (
  tenant: Tenant,
  user: UserRow,
): { socialIdentities: Json[]; ssoIdentities: Json[] } => {
  const [sso] = tenant.lists.ssoConnectors;
  const details = { id: `g-${user.id}`, email: user.primaryEmail, name: user.name };
  const social = { target: 'google', identity: { userId: `g-${user.id}`, details } };
  const enterprise = {
    ssoConnectorId: sso?.id,
    ssoIdentity: {
      tenantId: 'default',
      id: idText(21, 307, drawOf(user, 8)),
      userId: user.id,
      issuer: 'https://login.corp.example',
      identityId: `corp|${user.username ?? user.id}`,
      detail: { groups: ['staff'] },
      createdAt: user.createdAt,
      updatedAt: user.updatedAt,
      ssoConnectorId: sso?.id,
    },
  };
  return {
    socialIdentities: drawOf(user, 9) % 3 === 0 ? [social] : [],
    ssoIdentities: drawOf(user, 10) % 9 === 0 && sso ? [enterprise] : [],
  };
};
