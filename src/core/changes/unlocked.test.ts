import { expect, test } from 'vitest';
import { isProduction } from './unlocked.ts';

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
