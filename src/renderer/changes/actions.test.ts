import { expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import { findOperation, operations } from '../../shared/change/operations';
import { bulkActions, createOf, isBare, isEdit, rowActions, switchOf } from './actions';
import { choicesOf, enteredFields, takesAll } from './choices';

const operation = (id: string) => {
  const found = findOperation(id);
  if (!found) throw new Error(id);
  return found;
};
const ids = (all: readonly { operation: { id: string } }[]) => all.map((one) => one.operation.id);

test('a member can be done what a member can, in its organization, and what any user can', () => {
  const actions = rowActions(resourceOf('organization-users'), resourceOf('users'), 'org-1');
  expect(ids(actions)).toEqual(
    expect.arrayContaining(['organization-users.addRoles', 'users.update', 'users.delete']),
  );
  expect(actions.find((one) => one.operation.id === 'organization-users.addRoles')?.parent).toBe('org-1');
  expect(actions.find((one) => one.operation.id === 'users.update')?.parent).toBe('');
  expect(ids(actions)).not.toContain('users.create');
  expect(createOf('users')?.id).toBe('users.create');
});

test('only what makes sense of many is offered for many', () => {
  const bulk = bulkActions('users').map(({ id }) => id);
  expect(bulk).toEqual(expect.arrayContaining(['users.suspend', 'users.addRoles', 'users.delete']));
  expect(bulk).not.toContain('users.setPassword');
  expect(bulk).not.toContain('users.create');
});

test('a single yes or no is a switch, and what needs no entry is planned at once', () => {
  expect(switchOf(operation('users.suspend'))).toBe('isSuspended');
  expect(switchOf(operation('users.update'))).toBeNull();
  expect(isEdit(operation('users.update'))).toBe(true);
  expect(isEdit(operation('users.suspend'))).toBe(false);
  expect(isBare(operation('users.delete'))).toBe(true);
});

test('what is taken from one object is chosen among what it has, and what is given among all', () => {
  const target = { id: 'u1', parent: '' };
  const [added] = operation('users.addRoles').fields;
  const [removed] = operation('users.removeRoles').fields;
  const [sessions] = operation('users.revokeSessions').fields;
  if (!added || !removed || !sessions) throw new Error('fields');
  expect(choicesOf(operation('users.addRoles'), added, target)).toEqual({
    list: 'roles',
    filters: { type: ['User'] },
  });
  expect(choicesOf(operation('users.removeRoles'), removed, target)).toEqual({
    list: 'user-roles',
    parent: 'u1',
  });
  expect(choicesOf(operation('users.removeRoles'), removed, null)).toEqual({
    list: 'roles',
    filters: { type: ['User'] },
  });
  expect(choicesOf(operation('users.revokeSessions'), sessions, target)).toEqual({
    list: 'user-sessions',
    parent: 'u1',
  });
  const [provider] = operation('users.unlinkIdentity').fields;
  if (!provider) throw new Error('fields');
  expect(choicesOf(operation('users.unlinkIdentity'), provider, target)).toEqual({
    list: 'user-social-identities',
    parent: 'u1',
  });
  expect(choicesOf(operation('users.unlinkIdentity'), provider, null)).toBeNull();
  // Of many: all that each has.
  const left = enteredFields(operation('users.revokeSessions'), true).map(({ id }) => id);
  expect(left).toEqual(['withTokens']);
});

test('nothing chosen means all only where an operation says so', () => {
  const [sessions] = operation('users.revokeSessions').fields;
  const roles = operation('users.create').fields.find(({ id }) => id === 'roleIds');
  if (!sessions || !roles) throw new Error('fields');
  expect(takesAll(operation('users.revokeSessions'), sessions)).toBe(true);
  expect(takesAll(operation('users.create'), roles)).toBe(false);
});

test('every field of every operation can be chosen for by the list that it names', () => {
  // Permissions that are added are chosen below their resources.
  for (const one of operations)
    for (const field of enteredFields(one, false))
      if (field.ref && !(field.shape === 'permissions' && one.kind === 'add'))
        expect(choicesOf(one, field, { id: 'x', parent: 'p' })).not.toBeNull();
});
