import { expect, test } from 'vitest';
import { ranks } from '../../shared/rank';
import { fitting, type Item, identityOf, onceEach, weights } from './palette-items';

const item = (label: string, changes: Partial<Item> = {}): Item => ({
  id: label,
  label,
  detail: '',
  icon: null,
  words: [],
  weight: weights.command,
  act: () => {},
  ...changes,
});
const shown = (typed: string, items: Item[]) => fitting(typed, items).map(({ label }) => label);

test('what fits best comes first; of what fits as well, the list before the object, the object before the command', () => {
  const items = [
    item('Roles and more'),
    item('Export roles'),
    item('Open Roles', { words: ['Roles', 'Role'], weight: weights.list }),
    item('roles', { weight: weights.object }),
    item('Users'),
  ];
  expect(shown('roles', items)).toEqual(['Open Roles', 'roles', 'Roles and more', 'Export roles']);
});

test('words in any order find a list of a tenant; the tenant alone finds what is called so first', () => {
  const items = [
    item('Open Roles', { context: ['Acme'], weight: weights.list }),
    item('Acme Corp', { weight: weights.otherObject }),
  ];
  expect(shown('acme roles', items)).toEqual(['Open Roles']);
  expect(shown('acme', items)).toEqual(['Acme Corp', 'Open Roles']);
});

test('what was found for what was typed fits; what was found for an earlier text has to have it', () => {
  const items = [item('Kim', { found: ranks.other }), item('Lee'), item('Zed Lee')];
  expect(shown('zed', items)).toEqual(['Zed Lee', 'Kim']);
});

test('an object is one line however many lists have it, as well as it was found anywhere', () => {
  const id = identityOf({ profile: 'one', resource: 'role-users', parent: 'r1', id: 'u1' });
  expect(id).toBe(identityOf({ profile: 'one', resource: 'users', id: 'u1' }));
  expect(id).not.toBe(identityOf({ profile: 'two', resource: 'users', id: 'u1' }));
  const once = onceEach([
    item('Kim', { id, found: ranks.part, detail: 'first' }),
    item('Kim', { id, found: ranks.exact }),
  ]);
  expect(once).toMatchObject([{ detail: 'first', found: ranks.exact }]);
});
