import { expect, test } from 'vitest';
import { DeskError, type ErrorCode, errorValueOf } from '../../shared/errors';
import { profileColors, profileOf } from '../../shared/profile';
import {
  fieldOf,
  filledWith,
  hasEntries,
  inputOf,
  missingIn,
  typedFault,
  unusedColor,
  valuesOf,
} from './tenant-entry';
import { outcomeOf } from './test-run';

const empty = valuesOf(null);
const error = (code: ErrorCode, where?: string) => errorValueOf(new DeskError(code, where ? { where } : {}));

test('what is still needed is named in the form’s order, a stored secret is not asked for again', () => {
  expect(missingIn(empty, false)).toEqual(['name', 'tenantId', 'appId', 'secret']);
  expect(missingIn({ ...empty, kind: 'oss', name: ' ', appId: 'a' }, true)).toEqual(['name', 'endpoint']);
});

test('an error stands at the entry that mends it, else at none', () => {
  expect(fieldOf(error('profile.custom_domain', 'tenantId'), 'cloud')).toBe('tenantId');
  expect(fieldOf(error('profile.invalid', 'constructor'), 'cloud')).toBeNull();
  expect(fieldOf(error('network.dns', 'tenantId'), 'oss')).toBe('endpoint');
  expect(fieldOf(error('token.wrong_resource'), 'oss')).toBe('resource');
  // At Logto Cloud the indicator follows from the tenant ID, and has no entry of its own.
  expect(fieldOf(error('token.wrong_resource'), 'cloud')).toBe('tenantId');
  expect(fieldOf(error('token.missing_role'), 'cloud')).toBeNull();
});

test('nothing is wrong with an address before it is typed', () => {
  expect(typedFault(empty)).toBeNull();
  expect(typedFault({ ...empty, tenantId: 'auth.example.com' })?.code).toBe('profile.custom_domain');
  expect(typedFault({ ...empty, tenantId: 'a1b2c3' })).toBeNull();
});

test('only what was entered is worth a question before it is thrown away', () => {
  expect(hasEntries({ ...empty, kind: 'oss' }, empty)).toBe(false);
  expect(hasEntries({ ...empty, secret: 's' }, empty)).toBe(true);
  const stored = profileOf(inputOf({ ...empty, name: 'A', tenantId: 'a1', appId: 'app' }), 'a');
  expect(hasEntries(valuesOf(stored), valuesOf(stored))).toBe(false);
  expect(hasEntries({ ...valuesOf(stored), label: 'test' }, valuesOf(stored))).toBe(true);
});

test('a new tenant gets a colour that no other one has, while there is any', () => {
  const taken = (...colors: (typeof profileColors)[number][]) =>
    unusedColor(colors.map((color) => ({ color })));
  expect(taken()).toBe('blue');
  expect(taken('blue', 'red')).toBe('teal');
  expect(taken('teal')).toBe('blue');
  expect(taken(...profileColors)).toBe('blue');
  expect(valuesOf(null, 'teal').color).toBe('teal');
});

test('a pasted text fills what it says, and leaves a name that was chosen', () => {
  const said = { kind: 'cloud', name: 'a1b2c3', tenantId: 'a1b2c3', appId: 'app' } as const;
  expect(filledWith(empty, said)).toEqual({
    values: { ...empty, ...said },
    filled: ['name', 'tenantId', 'appId'],
  });
  const chosen = filledWith({ ...empty, name: 'Ours', secret: 'kept' }, said);
  expect(chosen.filled).toEqual(['tenantId', 'appId']);
  expect(chosen.values).toMatchObject({ name: 'Ours', secret: 'kept' });
});

test('a test is connected only when no step failed, and not before its end', () => {
  const page = { id: 'page', state: 'ok', note: '26000', ms: 1, error: null } as const;
  const failed = { ...page, state: 'failed', note: '', error: error('token.failed') } as const;
  expect(outcomeOf({ steps: [page], running: true, error: null })).toBeNull();
  expect(outcomeOf({ steps: [page], running: false, error: null })).toEqual({
    connected: true,
    users: 26_000,
  });
  expect(outcomeOf({ steps: [{ ...page, note: '' }], running: false, error: null })).toEqual({
    connected: true,
    users: null,
  });
  expect(outcomeOf({ steps: [failed], running: false, error: null })).toMatchObject({
    connected: false,
    error: { code: 'token.failed' },
  });
  expect(outcomeOf({ steps: [], running: false, error: null })).toMatchObject({ connected: false });
});
