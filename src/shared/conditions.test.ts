import { expect, test } from 'vitest';
import { catalog, resourceOf } from './catalog/index.ts';
import {
  booleanWord,
  columnNamed,
  conditionFormOf,
  nearestColumn,
  readValue,
  refuseUnreadable,
} from './conditions.ts';
import { modesWithoutValue } from './local.ts';
import { refusalOf } from './phrases/testing.ts';

const users = resourceOf('users');
const logs = resourceOf('logs');
const resources = resourceOf('resources');

test('operators fit the column, and say how its value is entered', () => {
  expect(conditionFormOf(users, 'isSuspended')).toEqual({
    form: { kind: 'boolean' },
    modes: ['is', 'differs', 'filled', 'empty'],
  });
  expect(conditionFormOf(users, 'createdAt').form).toEqual({ kind: 'moment' });
  expect(conditionFormOf(users, 'primaryPhone').form).toEqual({ kind: 'phone' });
  expect(conditionFormOf(users, 'applicationId').form).toEqual({
    kind: 'reference',
    resource: 'applications',
  });
  expect(conditionFormOf(users, 'customData').form).toEqual({ kind: 'structure' });
  expect(conditionFormOf(users, 'customData.plan').form).toEqual({ kind: 'any' });
  expect(conditionFormOf(logs, 'payload.result')).toMatchObject({
    form: { kind: 'choice', options: ['Success', 'Error'], open: false },
  });
  expect(conditionFormOf(logs, 'payload.ip').modes[0]).toBe('network');
  expect(conditionFormOf(logs, 'key')).toMatchObject({ form: { kind: 'choice', open: true } });
  expect(conditionFormOf(logs, 'key').modes).toContain('contains');
  expect(conditionFormOf(resourceOf('roles'), 'type')).toMatchObject({
    form: { kind: 'choice', options: ['User', 'MachineToMachine'] },
  });
  expect(conditionFormOf(resourceOf('email-templates'), 'templateType')).toMatchObject({
    form: { kind: 'choice', words: 'template' },
    modes: ['is', 'differs', 'filled', 'empty'],
  });
  for (const resource of catalog)
    for (const { id } of resource.columns)
      expect(conditionFormOf(resource, id).modes).toEqual(expect.arrayContaining([...modesWithoutValue]));
});

test('a value is kept in one spelling, or is said to be wrong', () => {
  const read = (list: string, column: string, entered: string, mode = 'is' as const) =>
    readValue(conditionFormOf(resourceOf(list), column), mode, entered);
  expect(read('users', 'isSuspended', ' Yes ')).toEqual({ value: 'true', fault: null });
  expect(read('users', 'isSuspended', '✓')).toEqual({ value: 'true', fault: null });
  expect(read('users', 'isSuspended', 'maybe')).toEqual({ value: null, fault: 'boolean' });
  // Of an enumeration the words do, too.
  for (const entered of ['machinetomachine', 'Machine-to-machine'])
    expect(read('roles', 'type', entered)).toEqual({ value: 'MachineToMachine', fault: null });
  for (const entered of ['forgotpassword', 'Password reset'])
    expect(read('email-templates', 'templateType', entered)).toEqual({
      value: 'ForgotPassword',
      fault: null,
    });
  expect(read('domains', 'status', 'NewOfAServer')).toEqual({ value: 'NewOfAServer', fault: null });
  expect(read('users', 'createdAt', 'yesterday')).toEqual({ value: 'yesterday', fault: null });
  expect(read('users', 'createdAt', '2026-02-30')).toEqual({ value: null, fault: 'moment' });
  expect(read('logs', 'payload.result', 'error')).toEqual({ value: 'Error', fault: null });
  expect(read('logs', 'payload.result', 'New')).toEqual({ value: 'New', fault: null });
  expect(read('roles', 'usersCount', 'many')).toEqual({ value: null, fault: 'number' });
  expect(read('users', 'name', '김민준'.normalize('NFD'))).toEqual({ value: '김민준', fault: null });
  expect(read('users', 'name', '  ')).toEqual({ value: null, fault: 'empty' });
  expect(booleanWord('vrai')).toBeNull();
});

test('a condition that its column cannot have is refused, and one that it can is not', () => {
  const refuse = (column: string, value: string) => refuseUnreadable(users, [{ column, mode: 'is', value }]);
  expect(refusalOf(() => refuse('isSuspended', 'maybe'))).toBe('Suspended: "maybe" is neither yes nor no');
  expect(refusalOf(() => refuse('createdAt', 'banana'))).toContain('is not a time');
  for (const [column, value] of [
    ['isSuspended', 'Yes'],
    ['createdAt', 'yesterday'],
    ['name', ''],
    ['customData.vip', 'maybe'],
  ] as const)
    expect(() => refuse(column, value)).not.toThrow();
});

test('a column is named by its id or its title, case aside', () => {
  expect(columnNamed(users, 'Suspended')?.id).toBe('isSuspended');
  expect(columnNamed(users, 'last  SIGN-IN')?.id).toBe('lastSignInAt');
  expect(columnNamed(users, 'primaryemail')?.id).toBe('primaryEmail');
  expect(columnNamed(users, 'roles')?.id).toBe('roles');
  expect(columnNamed(logs, 'ip address')?.id).toBe('payload.ip');
  // What a title says in brackets at its end need not be said.
  expect(columnNamed(resources, 'Token lifetime')?.id).toBe('accessTokenTtl');
  expect(columnNamed(resources, 'token lifetime (s)')?.id).toBe('accessTokenTtl');
  expect(columnNamed(resources, 'token lifetime (')).toBeUndefined();
  expect(columnNamed(users, 'nmae')).toBeUndefined();
  expect(columnNamed(users, 'n')).toBeUndefined();
});

test('the nearest name is told of one that the list does not have', () => {
  expect(nearestColumn(users, 'nmae')).toBe('name');
  expect(nearestColumn(users, 'Suspnded')).toBe('Suspended');
  expect(nearestColumn(users, 'customData.plam', ['customData.plan'])).toBe('customData.plan');
  expect(nearestColumn(users, 'zzzzzz')).toBeNull();
});
