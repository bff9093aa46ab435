import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Column } from '../../shared/catalog/index.ts';
import type { Row } from '../../shared/row.ts';
import { csvHeader, csvOf } from './csv.ts';
import { parquetWriter } from './parquet.ts';
import { xlsxWriter } from './xlsx.ts';

/** Debian's own Python: openpyxl is a package of it. */
const python = '/usr/bin/python3';
const isReaderHere = spawnSync(python, ['-c', 'import openpyxl']).status === 0;

/** What a server may put into a text to have a spreadsheet or a reader do something. */
const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=cmd|"/c calc"!A1', '＝1+1', '=HYPERLINK("//x.test")'];
const befores = [
  '',
  ' ',
  '\t',
  '\r',
  '\n',
  '\0',
  '\ufeff',
  '\u200b',
  'x;',
  'x; ',
  'x\t',
  'x\n',
  'x\r\n ',
  ';"',
  'x;""',
  '"\n"',
];
const attacks = formulas.flatMap((formula) => befores.map((before) => `${before}${formula};"`));
const texts = [
  ...attacks,
  '\0\u0001\u001b[31m\u007f\u009b',
  '\ud800 and \udc00',
  '\u202e\u2066\u200b\ufeff',
  '</t></is></c><c t="str"><f>1+1</f></c>',
  ']]>&amp;&#0;<!ENTITY x SYSTEM "file:///etc/passwd">',
  '_x0041_',
  '_x003D_1+1',
  '{"a":"=1+1"}',
  'NULL',
  '\u{1f600}'.repeat(20_000),
  'x'.repeat(1_500_000),
  '"'.repeat(1_000),
  '__proto__',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-cells-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Columns of names that tenants choose, too. */
const columns: Column[] = ['id', '=1+1', '__proto__x', 'a;=1+1', '\u202e<b>&"', 'n'].map((id) => ({
  id,
  kind: 'text',
}));
const rows: Row[] = texts.map((text, n) => ({ id: 'r', '=1+1': text, 'a;=1+1': { deep: text }, n }));

/** As Python's csv reads it with each of the signs that spreadsheets part cells by. */
const cellsBy = (path: string, delimiter: string): string[][] => {
  const script = `
import csv, json, sys
csv.field_size_limit(10**9)
print(json.dumps(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), delimiter=sys.argv[2]))))`;
  const out = execFileSync(python, ['-c', script, path, delimiter], { encoding: 'utf8', maxBuffer: 1e9 });
  return JSON.parse(out) as string[][];
};

/** A formula after what programs leave out. */
const runs = /^["\s\0-\x1f\u200b\ufeff]*[=+@\-＝]/;

test.runIf(isReaderHere)('no cell of a CSV file is a formula, whatever its cells are parted by', () => {
  const path = join(folder, 'hostile.csv');
  const some = rows.filter(({ '=1+1': text }) => String(text).length < 10_000);
  writeFileSync(path, csvHeader(columns, false) + csvOf(columns, some));
  for (const delimiter of [',', ';', '\t']) {
    const cells = cellsBy(path, delimiter).flat();
    expect(cells.length).toBeGreaterThan(some.length);
    for (const cell of cells) expect(cell, delimiter).not.toMatch(runs);
  }
  // As it is meant to be read, nothing is lost but for what is put before a formula.
  const [, ...records] = cellsBy(path, ',');
  const plain = (text: string) => text.replaceAll("'", '').replaceAll('\r\n', '\n').toWellFormed();
  expect(records.map(([, text]) => plain(text ?? ''))).toEqual(
    some.map(({ '=1+1': text }) => plain(String(text))),
  );
});

test('a long text that only looks like the beginning of a formula ends', () => {
  for (const text of ['\t'.repeat(300_000), ';"'.repeat(200_000), ' '.repeat(300_000), ';='.repeat(100_000)])
    expect(csvOf(columns, [{ id: text }]).length).toBeGreaterThan(text.length);
});

test.runIf(isReaderHere)('a workbook runs nothing, and holds every text that Excel can', async () => {
  const path = join(folder, 'hostile.xlsx');
  const parts: Uint8Array[] = [];
  const writer = xlsxWriter(columns, '=1+1 <b> [x]', async (part) => void parts.push(part));
  await writer.write(rows);
  await writer.end();
  writeFileSync(path, Buffer.concat(parts));
  const script = `
import openpyxl, json, sys
sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
print(json.dumps([[[c.data_type, c.value, c.hyperlink is not None] for c in row] for row in sheet.iter_rows()]))`;
  const out = execFileSync(python, ['-c', script, path], { encoding: 'utf8', maxBuffer: 1e9 });
  const [head, ...read] = JSON.parse(out) as [type: string, value: unknown, isLink: boolean][][];
  const raw = execFileSync('unzip', ['-p', path], { encoding: 'utf8', maxBuffer: 1e9 });
  expect(raw).not.toMatch(/<f[ >]|<hyperlink|<!ENTITY|externalLink/);
  expect(head?.map(([, value]) => value)).toEqual(columns.map(({ id }) => id));
  expect(read).toHaveLength(rows.length);
  for (const [n, cells] of read.entries()) {
    for (const [type, , isLink] of cells) {
      // openpyxl takes any text with a `=` before it for a formula; the file says that it is text.
      expect(['s', 'n', 'inlineStr', 'f'], String(n)).toContain(type);
      expect(isLink).toBe(false);
    }
    expect(String(cells[1]?.[1]).length).toBeGreaterThan(0);
    expect(String(cells[1]?.[1]).length).toBeLessThanOrEqual(6 * 32_767);
    expect(cells[5]?.[1]).toBe(n);
  }
});

test('Parquet holds every text as it is, and no name of a column does anything', async () => {
  const parts: Uint8Array[] = [];
  const writer = parquetWriter(columns, async (part) => void parts.push(Uint8Array.from(part)));
  await writer.write(rows);
  await writer.end();
  const path = join(folder, 'hostile.parquet');
  writeFileSync(path, Buffer.concat(parts));
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const read = await parquetReadObjects({ file });
  // The reader itself leaves out a byte order mark at a text's beginning.
  expect(read.map((row) => row['=1+1'])).toEqual(
    texts.map((text) => text.toWellFormed().replace(/^\ufeff/, '')),
  );
  expect(read.map((row) => row['a;=1+1'])).toEqual(
    texts.map((text) => JSON.stringify({ deep: text }).toWellFormed()),
  );
  expect(Object.keys(read[0] ?? {})).toEqual(columns.map(({ id }) => id));
});
