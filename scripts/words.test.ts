import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { literalsIn } from './words.ts';

const root = join(import.meta.dirname, '../src');

/** What never reaches a user: tests and their aids, and what stands for a server. */
const isProduct = (path: string) =>
  !/\.test\.tsx?$|(^|\/)(testing|simulator)(\/|\.ts)|stand-in|page-in-node|probe/.test(path);

const files = globSync('{renderer,cli,main,web,preload,doors}/**/*.{ts,tsx}', { cwd: root }).filter(
  isProduct,
);

test.each(files)('%s has no words that a user reads', (path) => {
  const found = literalsIn(readFileSync(join(root, path), 'utf8'), path);
  expect(found).toEqual([]);
});

test.each([
  ['<p>Hello</p>', 'Hello'],
  ['<p>{busy ? "Wait" : null}</p>', 'Wait'],
  ['<Button aria-label="Close" />', 'Close'],
  ['<Button label={open ? "Hide" : t("x")} />', 'Hide'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
  ['<Input placeholder={`Search ${list}`} />', 'Search '],
  ['new Command("x").description("does it")', 'does it'],
  ['new Option("--x", "file")', 'file'],
  ['choice("--x", "file", values)', 'file'],
  ['tell("Done")', 'Done'],
  ['throw wrongUsage("--x", "missing")', 'missing'],
  ['show({ message: "Saved" })', 'Saved'],
  ['const said = "two words"', 'two words'],
])('words are found in %s', (source, word) => {
  expect(literalsIn(source, 'renderer/x.tsx')).toEqual([expect.stringContaining(JSON.stringify(word))]);
});

test.each([
  '<p>·</p>',
  '<div className="a b" style={{ grid: "auto auto" }} />',
  '<Button aria-label={t("common.close")} size="xs" variant="default" />',
  'import x from "two words"',
  'examples("desk list users")',
  'throw new Error("A mistake of the program")',
])('%s has no words', (source) => {
  expect(literalsIn(source, 'renderer/x.tsx')).toEqual([]);
});
