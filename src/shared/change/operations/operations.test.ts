import { expect, test } from 'vitest';
import { findResource } from '../../catalog/index.ts';
import { createPhrases } from '../../phrases/index.ts';
import { losses } from '../change.ts';
import { guards } from '../plan.ts';
import { operations } from './index.ts';

const phrases = createPhrases();
const has = (key: string) => phrases.exists(`changes.${key}`);

test('an operation has its own id, a list that is known, and words; so have its fields', () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  for (const { id, resource, fields } of operations) {
    expect(findResource(resource)?.id).toBe(resource);
    expect(has(`operations.${id}`), id).toBe(true);
    for (const field of fields) {
      expect(has(`fields.${field.id.replaceAll('.', '_')}`), `${id}: ${field.id}`).toBe(true);
      if (field.ref) expect(findResource(field.ref)?.id).toBe(field.ref);
    }
  }
});

test('what is lost and why something is refused has words', () => {
  for (const loss of losses) expect(has(`losses.${loss}`), loss).toBe(true);
  for (const guard of guards) expect(has(`guards.${guard}`), guard).toBe(true);
});

test('no id leaves the path that it is in', () => {
  for (const { requests, looks } of operations)
    for (const id of ['.', '..', ''])
      for (const make of [requests, looks])
        try {
          const target = { resource: 'users', id, parent: id, label: '' };
          const made = make({ target, before: {}, after: {} });
          // What needs no id of a target names none.
          expect(JSON.stringify(made)).not.toContain('..');
        } catch (error) {
          expect(error).toMatchObject({ code: 'id.invalid' });
        }
});

test('an id is one part of a path, whatever stands in it', () => {
  const update = operations.find(({ id }) => id === 'users.update');
  const target = { resource: 'users', id: 'a/../../roles?x#y', parent: '', label: '' };
  expect(update?.requests({ target, before: {}, after: { name: 'A' } })).toEqual([
    { method: 'PATCH', path: '/api/users/a%2F..%2F..%2Froles%3Fx%23y', body: { name: 'A' } },
  ]);
});
