import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { literalsIn, ofOthers } from './words.ts';

const root = join(import.meta.dirname, '../src');

/** What never reaches a user: tests and their aids, and what stands for a server; and the phrases themselves. */
const isProduct = (path: string) =>
  !/\.test\.tsx?$|(^|\/)([\w-]*testing|simulator)(\/|\.ts)|stand-in|page-in-node|probe|^shared\/phrases\/en\//.test(
    path,
  );

const files = globSync('**/*.{ts,tsx}', { cwd: root }).filter(isProduct);

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
  ['chosenOption("--x", "file", values)', 'file'],
  ['tell("Done")', 'Done'],
  ['throw wrongUsage("--x", "missing")', 'missing'],
  ['show({ message: "Saved" })', 'Saved'],
  ['const said = "two words"', 'two words'],
])('words are found in %s', (source, word) => {
  expect(literalsIn(source, 'renderer/x.tsx')).toEqual([expect.stringContaining(JSON.stringify(word))]);
});

test.each([
  ['return { fault: "not a phone number" }', 'not a phone number'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
  ['const said = `port ${port} is in use`', ' is in use'],
])('words are found in the rooms that draw nothing: %s', (source, word) => {
  for (const path of ['core/x.ts', 'shared/x.ts', 'web/x.ts', 'doors/x.ts'])
    expect(literalsIn(source, path)).toEqual([expect.stringContaining(JSON.stringify(word))]);
});

test.each([
  'db.prepare("SELECT count(*) AS rows FROM lists WHERE resource = ?")',
  'const part = " AND gone_at IS NULL"',
  'log.warn("The update feed did not answer")',
  'throw new DeskError("mirror.failed", { reason: "it is not a regular file" })',
  'response.writeHead(200, { "content-type": "text/plain; charset=utf-8" })',
  'const operations = { "PATCH roles/:id": "Role.Data.Updated" }',
])('statements, logs, small print and protocols are not: %s', (source) => {
  expect(literalsIn(source, 'core/x.ts')).toEqual([]);
});

test('what is left out is there', () => expect(files).toEqual(expect.arrayContaining(Object.keys(ofOthers))));

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
