import { randomBytes } from 'node:crypto';
import { type Around, accessTokens, grants, identitiesOf, mfaFactors, sessions } from './account-data.ts';
import { certificates } from './certificates.ts';
import type { Json } from './json.ts';
import type { UserRow } from './user-data.ts';

/** Lists that are nested under rows: computed until something writes to one, then kept. */
class Below<Owner, Row> {
  readonly #kept = new Map<string, Row[]>();
  readonly #made: (owner: Owner) => Row[];

  constructor(made: (owner: Owner) => Row[]) {
    this.#made = made;
  }

  of(id: string, owner: Owner): readonly Row[] {
    return this.#kept.get(id) ?? this.#made(owner);
  }

  set(id: string, rows: readonly Row[]) {
    this.#kept.set(id, [...rows]);
  }

  forget(id: string) {
    this.#kept.delete(id);
  }
}

export type Digest = { passwordDigest: string; passwordAlgorithm: string };

export type AccessRules = {
  userIds: string[];
  userRoleIds: string[];
  organizationIds: string[];
  organizationRoleRules: Json[];
};

/** Lists nested under a tenant's rows that can be written. */
export class Parts {
  readonly mfa = new Below<UserRow, Json>(mfaFactors);
  readonly tokens = new Below<UserRow, Json>(accessTokens);
  readonly sessions: Below<UserRow, Json>;
  readonly grants: Below<UserRow, Json>;
  /** Secrets of applications. */
  readonly secrets = new Below<Json, Json>((app) => [
    {
      tenantId: 'default',
      applicationId: app.id,
      name: 'Default secret',
      value: this.ownSecrets.get(String(app.id))?.() ?? app.secret,
      createdAt: app.createdAt,
      expiresAt: null,
    },
  ]);
  /** The secrets of the apps that ask, by App ID. */
  readonly ownSecrets = new Map<string, () => string>();
  /** Invitations that were sent by a write: they expire by the clock. */
  readonly dated = new WeakSet<Json>();
  /** Who may sign in to an application, by its id, where that was set. */
  readonly rules = new Map<string, AccessRules>();
  /** What a third party's application asks its users for, by kind. */
  readonly consents = new Map<string, Record<string, string[]>>();
  /** How an application looks at sign-in. */
  readonly experiences = new Map<string, Json>();
  readonly saml = new Map<string, Json>();
  readonly samlSecrets = new Map<string, Json[]>();
  #certificates: Json[] | null = null;
  /** What hooks were told since the start, newest first. */
  readonly hookLogs: Json[] = [];
  readonly configs = new Map<string, Json>();
  /** Applications that were deleted: the app that asks among them is not registered anew. */
  readonly goneApps = new Set<string>();
  readonly #digests = new Map<string, Digest | null>();
  readonly #ownIdentities = new Set<string>();
  readonly #new = new Set<string>();
  readonly #tenant: Around;

  constructor(tenant: Around) {
    this.#tenant = tenant;
    this.sessions = new Below((user) => sessions(tenant, user));
    this.grants = new Below((user) => grants(tenant, user));
  }

  /** Certificates that nobody made: valid around the moment (unix ms) that they are first asked for, and the same from then on. */
  certificates(now: number): readonly Json[] {
    this.#certificates ??= certificates(now);
    return this.#certificates;
  }

  /** The digest of a user's password; null without one. Passwords of rows that were there from the start are unknown. */
  digest(user: UserRow): Digest | null {
    const known = this.#digests.get(user.id);
    if (known !== undefined) return known;
    if (!user.hasPassword) return null;
    const made = {
      passwordDigest: `$argon2i$v=19$m=8192,t=8,p=1$${Buffer.from(user.id).toString('base64url')}$${randomBytes(32).toString('base64url')}`,
      passwordAlgorithm: 'Argon2i',
    };
    this.#digests.set(user.id, made);
    return made;
  }

  setDigest(user: UserRow, digest: Digest | null) {
    this.#digests.set(user.id, digest);
    user.hasPassword = digest !== null;
  }

  /** Social identities by target. A user's row shows them from the first write on; before, they are computed. */
  identities(user: UserRow): Record<string, unknown> {
    if (this.#ownIdentities.has(user.id) || Object.keys(user.identities).length > 0) return user.identities;
    return Object.fromEntries(
      identitiesOf(this.#tenant, user).socialIdentities.map(({ target, identity }) => [
        String(target),
        identity,
      ]),
    );
  }

  setIdentities(user: UserRow, identities: Record<string, unknown>) {
    this.#ownIdentities.add(user.id);
    user.identities = identities;
  }

  /** A user that was made, and has nothing yet. */
  blank(id: string) {
    for (const list of [this.mfa, this.tokens, this.sessions, this.grants]) list.set(id, []);
    this.#ownIdentities.add(id);
    this.#new.add(id);
  }

  /** Whether a user was made by a write, and has nothing that is computed. */
  isNew(id: string): boolean {
    return this.#new.has(id);
  }

  /** Something that applications' rules name is gone. */
  forgetRule(list: 'userIds' | 'userRoleIds' | 'organizationIds', id: string) {
    for (const rules of this.rules.values()) rules[list] = rules[list].filter((one) => one !== id);
  }

  forgetUser(id: string) {
    for (const list of [this.mfa, this.tokens, this.sessions, this.grants]) list.forget(id);
    this.configs.delete(id);
    this.#digests.delete(id);
    this.#ownIdentities.delete(id);
    this.#new.delete(id);
    this.forgetRule('userIds', id);
  }
}
