import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { opened, Sealer, sealed } from './saved.ts';

test('of two programs that need the first key at the same moment, both seal with the one that stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-saved-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const kept = new Map<string, string>();
  const keychain = (ms: number) => ({
    async get(account: string) {
      const value = kept.get(account) ?? null;
      await setTimeout(10);
      return value;
    },
    async set(account: string, secret: string) {
      await setTimeout(ms);
      kept.set(account, secret);
    },
    async delete() {},
  });
  const lock = join(folder, 'journals', 'key.lock');
  const [quick, slow] = [new Sealer(keychain(5), lock), new Sealer(keychain(60), lock)];
  const place = { profile: 'p', entry: 1 };
  const bodies = await Promise.all(
    [quick, slow].map(async (sealer) => sealed(await sealer.key(), [{ id: 'x' }], place)),
  );
  const later = await new Sealer(keychain(0), lock).key();
  expect(bodies.map((body) => opened(later, body, place))).toEqual([[{ id: 'x' }], [{ id: 'x' }]]);
  expect(statSync(lock).mode & 0o777).toBe(0o600);
  // Where no lock can be, a key is made all the same.
  kept.clear();
  const nowhere = new Sealer(keychain(0), join('/dev/null', 'key.lock'));
  expect(await nowhere.key()).toHaveLength(32);
});
