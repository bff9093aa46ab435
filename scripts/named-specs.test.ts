import { expect, test } from 'vitest';
import { namedSpecs } from './named-specs.ts';

const matches = (args: string[], path: string) => namedSpecs(args).some((arg) => new RegExp(arg).test(path));

test('a spec is named by its file, not by a folder of the checkout', () => {
  expect(matches(['logs'], '/home/logs/desk/e2e/logs.spec.ts')).toBe(true);
  expect(matches(['logs'], '/home/logs/desk/e2e/mirror.spec.ts')).toBe(false);
  expect(matches(['spec.ts:7'], '/home/x/e2e/exports.spec.ts:7')).toBe(true);
});

test('flags, their values and paths stay as they are', () => {
  const args = ['--project', 'browser', '-g', 'three actions', '--workers=1', 'e2e/logs.spec.ts'];
  expect(namedSpecs(args)).toEqual(args);
});
