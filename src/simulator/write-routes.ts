import { type Answer, type Asked, failure, json, missingEntity, noContent } from './answer.ts';
import type { Json } from './json.ts';
import type { Route, RouteContext } from './route.ts';
import type { UserRow } from './user-data.ts';

/** The body as an object, or the answer to one that is no JSON: 400 without a `code` (FACTS errors). */
const bodyOf = (asked: Asked): Json | Answer => {
  try {
    return JSON.parse(asked.body || '{}') as Json;
  } catch (error) {
    return json({ message: error instanceof Error ? error.message : 'Invalid JSON' }, 400);
  }
};
const isAnswer = (value: Json | Answer): value is Answer =>
  'status' in value && typeof value.status === 'number';

/** A write to a user that exists, with a body that is JSON. */
const toUser =
  (write: (context: RouteContext, user: UserRow, body: Json) => Answer): Route =>
  (context) => {
    const user = context.tenant.users.find((row) => row.id === context.id);
    if (!user) return missingEntity(context.asked);
    const body = bodyOf(context.asked);
    return isAnswer(body) ? body : write(context, user, body);
  };

const writable = [
  'name',
  'username',
  'primaryEmail',
  'primaryPhone',
  'avatar',
  'customData',
  'profile',
] as const;

export const writeRoutes: Readonly<Record<string, Route>> = {
  'POST /api/users': ({ tenant, asked, now }) => {
    const body = bodyOf(asked);
    if (isAnswer(body)) return body;
    if (tenant.users.some((user) => user.username !== null && user.username === body.username)) {
      return failure(asked, 422, 'user.username_already_in_use');
    }
    const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : null);
    return json(
      tenant.insertUser(now, {
        username: text('username'),
        primaryEmail: text('primaryEmail'),
        primaryPhone: text('primaryPhone'),
        name: text('name'),
        customData: {},
        profile: {},
        isSuspended: false,
        hasPassword: typeof body.password === 'string',
      }),
    );
  },
  'PATCH /api/users/:id': toUser(({ tenant, now }, user, body) => {
    for (const name of writable) if (name in body) Object.assign(user, { [name]: body[name] });
    user.updatedAt = now;
    tenant.version += 1;
    return json(user);
  }),
  'PATCH /api/users/:id/is-suspended': toUser(({ asked, now }, user, body) => {
    const { isSuspended } = body;
    if (typeof isSuspended !== 'boolean') {
      const issue = {
        code: 'invalid_type',
        expected: 'boolean',
        received: typeof isSuspended,
        path: ['isSuspended'],
        message: `Expected boolean, received ${typeof isSuspended}`,
      };
      const refusal = failure(asked, 400, 'guard.invalid_input', { issues: [issue], name: 'ZodError' });
      const details = `Error in key path "isSuspended": (invalid_type) Expected boolean but received ${typeof isSuspended}.`;
      return { ...refusal, body: { ...(refusal.body as Json), details } };
    }
    user.isSuspended = isSuspended;
    user.updatedAt = now;
    return json(user);
  }),
  'DELETE /api/users/:id': ({ tenant, asked, id }) =>
    tenant.removeUser(id) ? noContent : missingEntity(asked),
  'POST /api/users/:id/roles': toUser(({ tenant }, user, body) => {
    const roleIds = (Array.isArray(body.roleIds) ? body.roleIds : []).map(String);
    const added = roleIds.filter((role) => !tenant.usersByRole.get(role)?.has(user.id));
    for (const role of added) tenant.usersByRole.get(role)?.add(user.id);
    return json({ roleIds, addedRoleIds: added }, 201);
  }),
  'DELETE /api/users/:id/roles/:other': ({ tenant, asked, id, other }) =>
    tenant.usersByRole.get(other)?.delete(id) ? noContent : missingEntity(asked),
};
