import { expect, test } from 'vitest';
import { mergedAfter } from '../../shared/change/merge';
import { type EditField, findOperation } from '../../shared/change/operations';
import { secretMask } from '../../shared/row';
import { askedOf, faultOf, isDirty } from './entries';
import { partsBetween, typedObject } from './json-parts';

const fields = findOperation('users.update')?.fields ?? [];
const fieldOf = (id: string): EditField => {
  const field = fields.find((one) => one.id === id);
  if (!field) throw new Error(id);
  return field;
};

const row = {
  id: 'u1',
  name: 'Kim',
  username: null,
  primaryEmail: 'kim@old.test',
  primaryPhone: '821011834274',
  avatar: null,
  profile: { givenName: 'Min', address: { country: 'KR' } },
  customData: { plan: 'free', apiKey: secretMask, tags: ['a'], deep: { on: true, off: 1 } },
};

test('only what differs is asked, parts of objects by themselves', () => {
  const asked = askedOf(
    fields,
    {
      name: 'Kim',
      primaryEmail: ' kim@new.test ',
      // The same in another writing.
      primaryPhone: '+82 10-1183-4274',
      'profile.givenName': '',
      'profile.address.country': 'KR',
      customData: JSON.stringify({ ...row.customData, plan: 'pro', deep: { on: true } }),
    },
    row,
  );
  expect(asked).toEqual({
    values: {
      primaryEmail: 'kim@new.test',
      'profile.givenName': null,
      'customData.plan': 'pro',
    },
    unset: ['customData.deep.off'],
  });
});

test('what the page shows masked is neither sent nor taken away', () => {
  const before = row.customData;
  const parts = partsBetween('customData', before, { ...before, plan: 'pro' });
  expect(parts).toEqual({ values: { 'customData.plan': 'pro' }, unset: [] });
  const real = { ...before, apiKey: 'real-key' };
  const operation = findOperation('users.update');
  expect(
    operation &&
      mergedAfter(operation, { customData: real }, parts?.values ?? {}, parts?.unset ?? []).customData,
  ).toEqual({ ...real, plan: 'pro' });

  const moved = JSON.stringify({ other: secretMask });
  expect(faultOf(fieldOf('customData'), moved, row)).toEqual({ kind: 'masked' });
  const removed = JSON.stringify({ plan: 'free' });
  expect(faultOf(fieldOf('customData'), removed, row)).toBeNull();
});

test('a name with a dot cannot be a path: the whole object is sent, unless something in it is masked', () => {
  const field = fieldOf('customData');
  const dotted = JSON.stringify({ 'a.b': 1 });
  expect(askedOf(fields, { customData: dotted }, { customData: {} }).values).toEqual({
    customData: { 'a.b': 1 },
  });
  expect(faultOf(field, JSON.stringify({ ...row.customData, 'a.b': 1 }), row)).toEqual({ kind: 'masked' });
});

test.each([
  ['primaryEmail', 'nobody', 'invalid-value'],
  ['primaryPhone', 'no phone', 'invalid-value'],
  ['username', '1st', 'invalid-value'],
  ['avatar', 'javascript:alert(1)', 'script-url'],
  ['name', '🙂'.repeat(65), 'too-long'],
  ['profile.birthdate', '1.2.1990', 'invalid-value'],
  ['profile.birthdate', '1990-02-31', 'invalid-value'],
])('%s cannot be %s', (id, entry, guard) => {
  expect(faultOf(fieldOf(id), entry, row)).toEqual({ kind: 'guard', guard });
});

test('a phone is sent as digits with its country code', () => {
  expect(askedOf(fields, { primaryPhone: '+44 (0)20 7946 0958' }, row).values).toEqual({
    primaryPhone: '442079460958',
  });
});

test('64 characters of two units each are as long as a name may be', () => {
  expect(faultOf(fieldOf('name'), '🙂'.repeat(64), row)).toBeNull();
  expect(faultOf(fieldOf('username'), '', row)).toBeNull();
});

test('mistakes in an object are found where they are', () => {
  expect(typedObject('{\n  "a": 1,\n  b: 2\n}').mistake).toEqual({ reason: 'syntax', line: 3, column: 3 });
  expect(typedObject('{"a": ').mistake).toMatchObject({ reason: 'syntax', line: 1 });
  expect(typedObject('[1]').mistake).toMatchObject({ reason: 'kind' });
  expect(typedObject('  ').value).toEqual({});
});

test('the same object in another notation is not a change', () => {
  const field = fieldOf('customData');
  expect(isDirty(field, '{"b":1,"a":2}', { customData: { a: 2, b: 1 } })).toBe(false);
  expect(isDirty(field, '{"b":1,', { customData: { a: 2, b: 1 } })).toBe(true);
  expect(isDirty(fieldOf('username'), '', row)).toBe(false);
});

test('of many rows only what was touched is asked; null empties, and parts of custom data are set and taken away', () => {
  expect(
    askedOf(
      fields,
      {
        name: null,
        avatar: '',
        'profile.locale': 'ko',
        customData: [
          { path: 'plan', text: 'pro', isUnset: false },
          { path: 'seats', text: '5', isUnset: false },
          { path: 'trial.until', text: '', isUnset: true },
          { path: '', text: 'x', isUnset: false },
        ],
      },
      null,
    ),
  ).toEqual({
    values: { 'profile.locale': 'ko', 'customData.plan': 'pro', 'customData.seats': 5 },
    unset: ['name', 'customData.trial.until'],
  });
});

test('an end that is typed is a moment; what names none is said to be wrong', () => {
  const field: EditField = { id: 'expiresAt', kind: 'time', nullable: true };
  expect(askedOf([field], { expiresAt: '2026-12-31T18:30Z' }, null).values).toEqual({
    expiresAt: Date.UTC(2026, 11, 31, 18, 30),
  });
  expect(faultOf(field, 'soon', null)).toEqual({ kind: 'guard', guard: 'invalid-value' });
  expect(faultOf(field, '30d', null)).toBeNull();
});

test('rules that are there are shown as they are, and emptied as a whole', () => {
  const field: EditField = { id: 'organizationRoleRules', kind: 'objects', shape: 'rules' };
  const rules = [{ organizationId: 'o1', organizationRoleIds: ['r1'] }];
  const edited = { organizationRoleRules: rules };
  expect(isDirty(field, JSON.stringify(rules), edited)).toBe(false);
  expect(askedOf([field], { organizationRoleRules: '' }, edited).values).toEqual({
    organizationRoleRules: [],
  });
});
