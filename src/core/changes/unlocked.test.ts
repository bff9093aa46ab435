import { expect, test } from 'vitest';
import { profileOf } from '../../shared/profile.ts';
import { isProduction, Unlocked, unlockedMs } from './unlocked.ts';

test.each([
  'production',
  'Prod',
  'EU production',
  'eu-prod',
  'PRD 2',
  'live',
  '(Live)',
  'Produktion',
  '本番',
  '운영',
])('a tenant labelled %s is the one in use', (label) => expect(isProduction({ label })).toBe(true));

test.each(['', 'staging', 'development', 'alive and kicking', 'reproduction', 'Olive'])(
  'a tenant labelled "%s" is not',
  (label) => expect(isProduction({ label })).toBe(false),
);

test('a clock that is set back keeps no tenant unlocked for longer, nor does one that is set forward', () => {
  const asked = {
    kind: 'oss',
    name: 'T',
    endpoint: 'https://t.example',
    appId: 'a',
    access: 'read-write',
  } as const;
  const profile = profileOf(asked, 't');
  let [clock, elapsed] = [1_000_000_000, 0];
  const unlocked = new Unlocked(
    () => clock,
    () => elapsed,
  );
  unlocked.unlock(profile);
  clock -= 3_600_000;
  elapsed += unlockedMs - 1;
  expect(unlocked.until(profile)).toBe(clock + 1);
  elapsed += 1;
  expect(unlocked.until(profile)).toBeNull();
  // Set back by less than what is over, too.
  unlocked.unlock(profile);
  clock += 600_000 - 300_000;
  elapsed += 600_000;
  expect(unlocked.until(profile)).toBe(clock + unlockedMs - 600_000);
  unlocked.unlock(profile);
  clock += unlockedMs;
  expect(unlocked.until(profile)).toBeNull();
});
