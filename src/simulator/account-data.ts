import type { Json } from './json.ts';
import { hash, idText } from './random.ts';
import type { UserRow } from './user-data.ts';

/** Lists nested under a user, in the shapes of Logto's OpenAPI document; the same for a user on every start. */

/** What of a tenant stands in the lists of its users. */
export type Around = {
  applications: readonly Json[];
  lists: { ssoConnectors: readonly Json[] };
};

const day = 86_400_000;

/** A number of the user's own, for choices that stay. */
const drawOf = ({ id }: UserRow, about: number) => hash(about, Number.parseInt(id.slice(0, 6), 36));

const seconds = (ms: number) => Math.floor(ms / 1000);

const lastSeen = (user: UserRow) => user.lastSignInAt ?? user.createdAt;

const applicationOf = ({ applications }: Around, user: UserRow): Json => {
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

/** A sign-in: the ids that its session and its grant have, and the application it was for. */
export type SignedIn = {
  uid: string;
  grantId: string;
  jti: string;
  applicationId: string;
  application: Json | undefined;
};

/** The session of a sign-in. `at` in unix ms. */
export const sessionOf = (
  user: UserRow,
  at: number,
  { uid, grantId, jti, applicationId }: SignedIn,
): Json => ({
  payload: {
    exp: seconds(at) + 14 * 86_400,
    iat: seconds(at),
    jti,
    uid,
    kind: 'Session',
    loginTs: seconds(at),
    accountId: user.id,
    authorizations: { [applicationId]: { sid: uid, grantId, persistsLogout: true } },
  },
  lastSubmission: { interactionEvent: 'SignIn', userId: user.id, verificationRecords: [] },
  clientId: applicationId,
  accountId: user.id,
  expiresAt: at + 14 * day,
});

/** The grant of a sign-in. `at` in unix ms. */
export const grantOf = (
  user: UserRow,
  at: number,
  { grantId, applicationId, application }: SignedIn,
): Json => ({
  id: grantId,
  payload: {
    exp: seconds(at) + 14 * 86_400,
    iat: seconds(at),
    jti: grantId,
    kind: 'Grant',
    clientId: applicationId,
    accountId: user.id,
    openid: { scope: 'openid offline_access profile' },
  },
  expiresAt: at + 14 * day,
  application: { id: applicationId, name: application?.name },
});

const lastSignIn = (tenant: Around, user: UserRow): SignedIn => {
  const application = applicationOf(tenant, user);
  return {
    uid: idText(21, 304, drawOf(user, 7)),
    grantId: idText(21, 306, drawOf(user, 7)),
    jti: idText(21, 305, drawOf(user, 7)),
    applicationId: String(application.id ?? ''),
    application,
  };
};

export const sessions = (tenant: Around, user: UserRow): Json[] =>
  user.lastSignInAt === null ? [] : [sessionOf(user, user.lastSignInAt, lastSignIn(tenant, user))];

export const grants = (tenant: Around, user: UserRow): Json[] =>
  user.lastSignInAt === null ? [] : [grantOf(user, user.lastSignInAt, lastSignIn(tenant, user))];

export const identitiesOf = (
  tenant: Around,
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
