import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog/index.ts';
import type { Row } from '../../shared/row.ts';
import type { SeenAsked } from '../../shared/seen-changes.ts';
import { MirrorStore } from './store.ts';

let folder: string;
let store: MirrorStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-seen-'));
  store = new MirrorStore(join(folder, 'a.sqlite'), { endpoint: 'https://a.test', tenant: 'a' }, 1);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const role = (id: string, more: Row = {}): Row => ({ id, name: `Role ${id}`, description: 'One', ...more });

/** A whole copy of a list, begun at one moment and over at another, with its rows met in between. */
const copied = (at: number, rows: Row[], list = 'roles', parent = '') => {
  const startedAt = store.begin(list, parent, at, null);
  store.putCopied(list, parent, rows, startedAt, null, at + 5);
  return store.finish(list, parent, { startedAt, at: at + 10, since: null, marksGone: true });
};

const page = (asked: Partial<SeenAsked> = {}) => store.seenChanges({ offset: 0, limit: 100, ...asked });
const said = (asked: Partial<SeenAsked> = {}) =>
  page(asked).changes.map(({ kind, row, after, at, before, now }) => ({ kind, row, after, at, before, now }));

test('a first copy finds nothing; the next one what came, went, and is different, between its two moments', () => {
  copied(1_000, [role('a'), role('b')]);
  expect(page()).toEqual({
    total: 0,
    changes: [],
    lists: [{ resource: 'roles', parents: 1, from: 1_010, until: 1_010 }],
    newest: 0,
  });
  copied(2_000, [role('a', { description: 'Two' }), role('c')]);
  expect(said()).toEqual([
    { kind: 'removed', row: 'b', after: 1_000, at: 2_010, before: role('b'), now: {} },
    { kind: 'added', row: 'c', after: 1_010, at: 2_005, before: {}, now: {} },
    {
      kind: 'changed',
      row: 'a',
      after: 1_000,
      at: 2_005,
      before: { description: 'One' },
      now: { description: 'Two' },
    },
  ]);
  // Up to a moment are those that may have happened before it.
  expect(page({ to: 1_000 }).total).toBe(0);
  expect(page({ to: 1_001 }).total).toBe(2);
  expect(page().lists).toEqual([{ resource: 'roles', parents: 1, from: 1_010, until: 2_010 }]);
  copied(3_000, [role('a', { description: 'Two' }), role('b'), role('c')]);
  expect(said({ from: 2_500 })).toEqual([
    { kind: 'added', row: 'b', after: 2_010, at: 3_005, before: {}, now: {} },
  ]);
});

test.each([
  'hook-logs',
  'user-sessions',
  'user-grants',
  'one-time-tokens',
  'user-total',
  'new-users',
  'active-users',
])('of a list that is nothing but what happens nothing is told: %s', (list) => {
  const { rowId, parent } = resourceOf(list);
  const one = (id: string, more: Row = {}): Row => ({ [rowId]: id, ...more });
  const below = parent ? 'p' : '';
  copied(1_000, [one('a'), one('b')], list, below);
  copied(2_000, [one('a', { name: 'Other' }), one('c')], list, below);
  expect(page()).toEqual({ total: 0, changes: [], lists: [], newest: 0 });
});

test('what is looked at between copies is seen then, and not again by the next copy; an answer that is older tells nothing', () => {
  copied(1_000, [role('a')]);
  store.put('roles', '', [role('a', { name: 'New' })], 1_500);
  copied(2_000, [role('a', { name: 'New' })]);
  expect(said()).toMatchObject([{ kind: 'changed', row: 'a', after: 1_000, at: 1_500 }]);
  store.put('roles', '', [role('a', { name: 'Old' })], 1_900);
  expect(page().total).toBe(1);
});

test('of a list that was never read whole, a list that only was looked at, or a copy that broke off nothing is claimed', () => {
  store.put('roles', '', [role('a')], 1_000);
  store.put('roles', '', [role('a', { name: 'New' }), role('b')], 1_500);
  expect(page()).toEqual({ total: 0, changes: [], lists: [], newest: 0 });
  const startedAt = store.begin('roles', '', 2_000, null);
  store.putCopied('roles', '', [role('a', { name: 'Newer' })], startedAt, null, 2_005);
  expect(page()).toEqual({ total: 0, changes: [], lists: [], newest: 0 });
  copied(3_000, [role('a', { name: 'Newer' }), role('b')]);
  expect(page().total).toBe(0);
});

test('logs, sign-ins, deliveries, and what only one of two answers has are not changes of an object', () => {
  const user = (more: Row = {}): Row => ({
    id: 'u',
    username: 'kim',
    lastSignInAt: 1,
    updatedAt: 1,
    ...more,
  });
  copied(1_000, [user()], 'users');
  copied(1_000, [{ id: 'l', key: 'SignIn', payload: {}, createdAt: 1 }], 'logs');
  copied(2_000, [user({ lastSignInAt: 2, updatedAt: 2, ssoIdentities: [] })], 'users');
  copied(2_000, [{ id: 'm', key: 'SignIn', payload: {}, createdAt: 2 }], 'logs');
  expect(page()).toMatchObject({ total: 0, lists: [{ resource: 'users' }] });
  copied(3_000, [user({ username: 'lee', lastSignInAt: 3, updatedAt: 3 })], 'users');
  expect(said()).toMatchObject([{ kind: 'changed', before: { username: 'kim' }, now: { username: 'lee' } }]);
});

test('members are told by who came and went and by their roles there, not by what they are elsewhere', () => {
  const member = (id: string, name: string, roles: string[]): Row => ({
    id,
    name,
    organizationRoles: roles.map((role) => ({ id: role, name: role })),
  });
  copied(900, [{ id: 'acme', name: 'Acme' }], 'organizations');
  copied(1_000, [member('u', 'Kim', ['admin']), member('v', 'Lee', [])], 'organization-users', 'acme');
  copied(2_000, [member('u', 'Kim Renamed', []), member('w', 'Park', [])], 'organization-users', 'acme');
  expect(page().changes).toMatchObject([
    { kind: 'removed', row: 'v', parent: 'acme', parentLabel: 'Acme', label: 'Lee' },
    { kind: 'added', row: 'w' },
    { kind: 'changed', row: 'u', now: { organizationRoles: [] } },
  ]);
  expect(Object.keys(page().changes[2]?.before ?? {})).toEqual(['organizationRoles']);
});

test('it is narrowed by time, list, kind, and name, and read in pages', () => {
  copied(1_000, [role('a'), role('100%')]);
  copied(2_000, [role('a', { name: 'X' }), role('100%', { name: '100% sure' }), role('c')]);
  const rows = (asked: Partial<SeenAsked>) => said(asked).map(({ row }) => row);
  expect(rows({ text: '100%' })).toEqual(['100%']);
  expect(rows({ text: 'c' })).toEqual(['c']);
  expect(rows({ kind: 'changed' })).toEqual(['100%', 'a']);
  expect(rows({ resource: 'users' })).toEqual([]);
  expect(rows({ from: 2_006 })).toEqual([]);
  // What may have come about before a moment is not left out by it.
  expect(rows({ to: 1_500 })).toHaveLength(3);
  expect(rows({ offset: 1, limit: 1 })).toEqual(['100%']);
  expect(page({ offset: 1, limit: 1 }).total).toBe(3);
});

test.each(['NFC', 'NFD'] as const)('a name is found however it is composed, on either side: %s', (form) => {
  copied(1_000, [role('a')]);
  copied(2_000, [role('a', { name: '김민준'.normalize(form) })]);
  for (const typed of ['NFC', 'NFD']) expect(page({ text: '민준'.normalize(typed) }).total).toBe(1);
});

test('a snapshot is one moment: nothing of what was before goes with it', async () => {
  copied(1_000, [role('kept'), role('removed', { name: 'Removed by somebody' })]);
  copied(2_000, [role('kept', { description: 'Another one' })]);
  expect(JSON.stringify(page())).toContain('Removed by somebody');
  const tenant = { name: 'A', kind: 'oss', endpoint: 'https://a.test', resource: 'a' } as const;
  const [plain, beside] = [join(folder, 'plain'), join(folder, 'beside')];
  await store.snapshot({ path: beside, tenant, passphrase: null }, { plain, beside }, 3_000);
  const bytes = readFileSync(beside, 'latin1');
  expect(bytes).toContain('Another one');
  expect(bytes).not.toContain('Removed by somebody');
  expect(bytes).not.toContain('seen_changes');
});

test('secrets are in no change, and what is deleted after 90 days is no longer claimed', () => {
  const app = (secret: string, name: string): Row => ({ id: 'x', name, secret, type: 'SPA' });
  copied(1_000, [app('s3cret-one', 'A')], 'applications');
  copied(2_000, [app('s3cret-two', 'B')], 'applications');
  copied(3_000, [], 'applications');
  expect(page().total).toBe(2);
  expect(JSON.stringify(page())).not.toContain('s3cret');
  const later = 3_000 + 91 * 86_400_000;
  copied(later, [], 'applications');
  expect(page()).toMatchObject({
    total: 0,
    lists: [{ resource: 'applications', from: later + 10 - 90 * 86_400_000, until: later + 10 }],
  });
});
