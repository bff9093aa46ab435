import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testCore } from '../../doors/testing.ts';
import type { ProfileInput } from '../../shared/profile.ts';
import { readEntry } from './bound-secret.ts';
import { loadKeytar, osKeychain } from './keychain.ts';

const input = (name: string): ProfileInput => ({
  kind: 'oss',
  name,
  endpoint: 'http://127.0.0.1:9',
  appId: 'app',
});
const service = () => `logto-desk-test-${randomUUID()}`;

test('a profile is in the settings file, its secret in the keychain, and both are there after a restart', async () => {
  const name = service();
  await using first = testCore({}, { service: name });
  const profile = await first.core.profiles.add(input('Prod'), 'top-secret-1', 'keychain');
  const second = testCore({}, { service: name, dataDir: first.dataDir });
  expect(second.core.profiles.list()).toEqual([profile]);
  expect(await second.core.secrets.get(profile)).toBe('top-secret-1');
  const entry = await osKeychain(name, loadKeytar).get(profile.id);
  expect(readEntry(entry ?? '')).toEqual({
    secret: 'top-secret-1',
    binding: { token: 'http://127.0.0.1:9/oidc/token', app: 'app' },
  });
  expect(readFileSync(join(first.dataDir, 'settings.json'), 'utf8')).not.toContain('top-secret-1');
});

test('removing a profile removes its secret', async () => {
  const name = service();
  await using held = testCore({}, { service: name });
  const profile = await held.core.profiles.add(input('Prod'), 'top-secret-2', 'keychain');
  const { id } = profile;
  await held.core.profiles.remove(id);
  expect(held.core.profiles.list()).toEqual([]);
  expect(await osKeychain(name, loadKeytar).get(id)).toBeNull();
  await expect(held.core.secrets.get(profile)).rejects.toMatchObject({ code: 'secret.missing' });
});

test('a change without a new secret keeps the old one', async () => {
  await using held = testCore();
  const { id } = await held.core.profiles.add(input('Prod'), 's1', 'keychain');
  const changed = await held.core.profiles.update(
    id,
    { ...input('Production'), access: 'read-write' },
    undefined,
    'keychain',
  );
  expect(changed).toMatchObject({ id, name: 'Production', access: 'read-write' });
  expect(await held.core.secrets.get(held.core.profiles.get(id))).toBe('s1');
  await held.core.profiles.update(id, input('Production'), 's2', 'keychain');
  expect(await held.core.secrets.get(held.core.profiles.get(id))).toBe('s2');
});

test('a secret that is kept in memory is gone with the program, and is on no disk', async () => {
  const name = service();
  await using first = testCore({}, { service: name });
  const profile = await first.core.profiles.add(input('Prod'), 's-mem', 'memory');
  const { id } = profile;
  expect(first.core.secrets.placeOf(id)).toBe('memory');
  expect(await first.core.secrets.get(profile)).toBe('s-mem');
  const second = testCore({}, { service: name, dataDir: first.dataDir });
  await expect(second.core.secrets.get(profile)).rejects.toMatchObject({ code: 'secret.missing' });
});

test('names are told apart without regard to case, and found by id or name', async () => {
  await using held = testCore();
  const { id } = await held.core.profiles.add(input('Prod'), 's', 'memory');
  await expect(held.core.profiles.add(input('PROD'), 's', 'memory')).rejects.toMatchObject({
    code: 'profile.name_taken',
  });
  expect(held.core.profiles.get('pRoD').id).toBe(id);
  const own = await held.core.profiles.add(input('Büro 서울'.normalize('NFD')), 's', 'memory');
  expect(own.name).toBe('Büro 서울');
  for (const form of ['NFC', 'NFD'])
    expect(held.core.profiles.get('büro 서울'.normalize(form)).id).toBe(own.id);
  expect(() => held.core.profiles.get('nope')).toThrow(
    expect.objectContaining({ code: 'profile.not_found' }),
  );
});

test('without a secret nothing is stored', async () => {
  await using held = testCore();
  await expect(held.core.profiles.add(input('Prod'), '', 'memory')).rejects.toMatchObject({
    code: 'secret.missing',
  });
  expect(held.core.profiles.list()).toEqual([]);
});

test('a secret that goes to the keychain takes the place of the one in memory', async () => {
  const name = service();
  await using first = testCore({}, { service: name });
  const { id } = await first.core.profiles.add(input('Prod'), 'in-memory', 'memory');
  await first.core.profiles.update(id, input('Prod'), 'in-keychain', 'keychain');
  expect(await first.core.secrets.get(first.core.profiles.get(id))).toBe('in-keychain');
  expect(first.core.secrets.placeOf(id)).toBe('keychain');
  const second = testCore({}, { service: name, dataDir: first.dataDir });
  expect(await second.core.secrets.get(second.core.profiles.get(id))).toBe('in-keychain');
});
