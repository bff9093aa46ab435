import { z } from 'zod/v3';
import { type Fired, json, noContent, serverError } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route, RouteContext } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { hasTooLongName } from '../unanswerable.ts';
import type { UserRow } from '../user-data.ts';
import { keep } from './organizations.ts';
import { algorithms, digestOf, importedDigest } from './passwords.ts';
import { storedPhone } from './phone.ts';
import { fits, refuse, refuseMissing } from './refusal.ts';
import { act, anyObject, someOf, write } from './write.ts';

const username = z.string().regex(/^[A-Z_a-z]\w*$/);
const email = z.string().regex(/^\S+@\S+\.\S+$/);
const phone = z.string().regex(/^\d+$/);
const nothing = z.literal('');

const profile = z
  .object({
    familyName: z.string(),
    givenName: z.string(),
    middleName: z.string(),
    nickname: z.string(),
    preferredUsername: z.string(),
    profile: z.string(),
    website: z.string(),
    gender: z.string(),
    birthdate: z.string(),
    zoneinfo: z.string(),
    locale: z.string(),
    address: z
      .object({
        formatted: z.string(),
        streetAddress: z.string(),
        locality: z.string(),
        region: z.string(),
        postalCode: z.string(),
        country: z.string(),
      })
      .partial(),
  })
  .partial();

const newUser = z
  .object({
    username,
    primaryEmail: email,
    primaryPhone: phone,
    password: z.string().min(1),
    passwordDigest: z.string(),
    passwordAlgorithm: z.enum(algorithms),
    name: z.string(),
    avatar: z.string().url().or(nothing).nullable(),
    customData: anyObject,
    profile,
  })
  .partial();

const changedUser = z
  .object({
    username: username.or(nothing).nullable(),
    primaryEmail: email.or(nothing).nullable(),
    primaryPhone: phone.or(nothing).nullable(),
    name: z.string().nullable(),
    avatar: z.string().url().or(nothing).nullable(),
    customData: anyObject,
    profile,
  })
  .partial();

/** The user of a path, or the 404 of one that is not there. */
export const userAt = ({ tenant, id }: RouteContext): UserRow =>
  tenant.users.find((user) => user.id === id) ?? refuseMissing();

export const dataUpdated = (user: UserRow): Fired => ({ event: 'User.Data.Updated', data: user });

/**
 * An answer with the user's row. Where a name keeps the server from answering, the change is made all the same, and no hook
 * hears of it (WRITES, the dangerous ones 1).
 */
export const userAnswer = (user: UserRow, fires: readonly Fired[] = []) =>
  hasTooLongName(user) ? serverError : { ...json({ ...user }), fires };

type Identifier = 'username' | 'primaryEmail' | 'primaryPhone' | 'name' | 'avatar';
type Identifiers = Partial<Pick<UserRow, Identifier>>;

/** What another user has of these, in the order in which the server looks. */
const takenBy = (tenant: Tenant, given: Identifiers, own: UserRow | undefined) => {
  const { username = null, primaryEmail = null, primaryPhone = null } = given;
  const mail = primaryEmail?.toLowerCase();
  let [isMailTaken, isPhoneTaken] = [false, false];
  for (const user of tenant.users) {
    if (user === own) continue;
    if (username !== null && user.username === username) return 'user.username_already_in_use';
    // Of another length it is another address: to fold the case of 20,000 for each write takes long.
    if (mail && user.primaryEmail?.length === mail.length && user.primaryEmail.toLowerCase() === mail)
      isMailTaken = true;
    if (primaryPhone !== null && user.primaryPhone === primaryPhone) isPhoneTaken = true;
  }
  if (isMailTaken) return 'user.email_already_in_use';
  return isPhoneTaken ? 'user.phone_already_in_use' : null;
};

/** Texts as they are stored, and refused where another user has them or a column is too short. */
const stored = (tenant: Tenant, given: Identifiers, own?: UserRow): Identifiers => {
  const kept: Identifiers = Object.fromEntries(
    Object.entries(given).map(([field, text]) => [field, text === '' ? null : text]),
  );
  if (kept.primaryPhone) kept.primaryPhone = storedPhone(kept.primaryPhone);
  const taken = takenBy(tenant, kept, own);
  if (taken) refuse(422, taken);
  for (const field of ['username', 'primaryEmail', 'primaryPhone', 'name'] as const) fits(kept[field], 128);
  fits(kept.avatar, 2048);
  return kept;
};

const passwordOf = (body: z.output<typeof newUser>) => {
  const { password, passwordDigest, passwordAlgorithm } = body;
  if (password !== undefined && passwordDigest !== undefined) refuse(400, 'user.password_and_digest');
  if (passwordDigest !== undefined)
    return importedDigest(
      passwordDigest,
      passwordAlgorithm ?? refuse(400, 'user.password_algorithm_required'),
    );
  return password === undefined ? null : digestOf(password);
};

const giveDefaultRoles = (tenant: Tenant, user: UserRow) => {
  for (const role of tenant.roles)
    if (role.isDefault === true && role.type === 'User')
      tenant.usersByRole.get(String(role.id))?.add(user.id);
};

type Given = { [Name in Identifier]?: string | null | undefined };

const texts = ({ username, primaryEmail, primaryPhone, name, avatar }: Given): Identifiers =>
  Object.fromEntries(
    Object.entries({ username, primaryEmail, primaryPhone, name, avatar }).filter(
      ([, value]) => value !== undefined,
    ),
  );

/** Lets a user go, with all that a delete takes along (WRITES); logs and one-time tokens of its e-mail stay. */
const removeUser = (tenant: Tenant, id: string): boolean => {
  if (!tenant.removeUser(id)) return false;
  tenant.parts.forgetUser(id);
  tenant.organizationParts.forgetUser(id);
  keep(tenant.lists.invitations, ({ inviterId }) => inviterId !== id);
  return true;
};

export const userRoutes: Readonly<Record<string, Route>> = {
  'POST /api/users': write(newUser, ({ tenant, now, body }) => {
    const digest = passwordOf(body);
    const user = tenant.insertUser(now, {
      username: null,
      primaryEmail: null,
      primaryPhone: null,
      name: null,
      avatar: null,
      isSuspended: false,
      ...stored(tenant, texts(body)),
      customData: body.customData ?? {},
      profile: body.profile ?? {},
    });
    tenant.parts.blank(user.id);
    tenant.parts.setDigest(user, digest);
    giveDefaultRoles(tenant, user);
    return userAnswer(user, [{ event: 'User.Created', data: user }]);
  }),
  'PATCH /api/users/:userId': write(changedUser, (context) => {
    const { tenant, now, body } = context;
    const user = userAt(context);
    const kept = stored(tenant, texts(body), user);
    const { customData, profile } = body;
    Object.assign(user, someOf({ ...kept, ...(customData && { customData }), ...(profile && { profile }) }));
    tenant.touchUser(user, now);
    return userAnswer(user, [dataUpdated(user)]);
  }),
  'DELETE /api/users/:userId': act(({ tenant, id, self }) => {
    if (id === self) refuse(400, 'user.cannot_delete_self');
    const user = tenant.users.find((row) => row.id === id);
    if (!user || !removeUser(tenant, id)) refuseMissing();
    return { ...noContent, fires: [{ event: 'User.Deleted', data: user }] };
  }),
  'PATCH /api/users/:userId/custom-data': write(z.object({ customData: anyObject }), (context) => {
    const user = userAt(context);
    user.customData = { ...user.customData, ...context.body.customData };
    context.tenant.touchUser(user, context.now);
    return { ...json(user.customData), fires: [dataUpdated(user)] };
  }),
  'PATCH /api/users/:userId/profile': write(z.object({ profile }), (context) => {
    const user = userAt(context);
    user.profile = { ...user.profile, ...context.body.profile };
    context.tenant.touchUser(user, context.now);
    return { ...json(user.profile), fires: [dataUpdated(user)] };
  }),
  'PATCH /api/users/:userId/is-suspended': write(z.object({ isSuspended: z.boolean() }), (context) => {
    const { tenant, now, body } = context;
    const user = userAt(context);
    user.isSuspended = body.isSuspended;
    tenant.touchUser(user, now);
    // For good: nothing brings them back. Grants stay listed.
    if (user.isSuspended) tenant.parts.sessions.set(user.id, []);
    return userAnswer(user, [{ event: 'User.SuspensionStatus.Updated', data: user }]);
  }),
  'PATCH /api/users/:userId/logto-configs': write(
    z
      .object({
        mfa: z.object({ skipped: z.boolean(), skipMfaOnSignIn: z.boolean() }).partial(),
        passkeySignIn: z.object({ skipped: z.boolean() }).partial(),
      })
      .partial(),
    (context) => {
      const user = userAt(context);
      const { tenant, now, body } = context;
      const old = configsOf(tenant, user);
      const configs = {
        mfa: { ...old.mfa, ...body.mfa },
        passkeySignIn: { ...old.passkeySignIn, ...body.passkeySignIn },
      };
      tenant.parts.configs.set(user.id, configs);
      tenant.touchUser(user, now);
      return { ...json(configs), fires: [dataUpdated(user)] };
    },
  ),
};

type Configs = { mfa: Json; passkeySignIn: Json };

export const configsOf = (tenant: Tenant, user: UserRow): Configs =>
  (tenant.parts.configs.get(user.id) as Configs | undefined) ?? {
    mfa: { skipped: false, skipMfaOnSignIn: false },
    passkeySignIn: { skipped: false },
  };
