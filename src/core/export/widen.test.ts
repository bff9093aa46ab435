import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Column } from '../../shared/catalog/index.ts';
import { widen } from './widen.ts';

const columns = ['id', 'name', 'late', 'later'].map((id): Column => ({ id, kind: 'text', width: 100 }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-widen-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const widened = async (text: string, bom = false): Promise<string> => {
  const [from, to] = [join(folder, 'from.csv'), join(folder, 'to.csv')];
  writeFileSync(from, text);
  const file = await open(from);
  const { bytes, sha256 } = await widen(file.fd, to, columns, bom);
  await file.close();
  const made = readFileSync(to);
  expect(bytes).toBe(made.length);
  expect(sha256).toBe(createHash('sha256').update(made).digest('hex'));
  return String(made);
};

const written = (records: readonly (readonly string[])[]) =>
  records.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');

const filled = (cells: readonly string[]) => columns.map((_, at) => cells[at] ?? '');

test('a file has the new header and records of one length, whatever stands in its cells', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', 'ü'), maxLength: 6 });
  const records = fc.array(fc.array(cell, { minLength: 1, maxLength: columns.length }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(records, async (all) => {
      const text = await widened(`id,name\r\n${written(all)}`);
      expect(parse(text)).toEqual([['id', 'name', 'late', 'later'], ...all.map(filled)]);
      expect(text.endsWith('\r\n')).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(await widened('id\r\n', true)).toBe('\ufeffid,name,late,later\r\n');
});

test.each([-2, -1, 0, 1, 2])(
  'a record that ends %i bytes beside where a piece of the file does is whole',
  async (beside) => {
    const piece = 65_536;
    const head = 'id,name\r\n';
    // The end of this record's CRLF is there.
    const first = 'x'.repeat(piece + beside - head.length - 'a1,\r\n'.length);
    const text = await widened(`${head}a1,${first}\r\na2,second\r\n`);
    expect(text).toBe(`id,name,late,later\r\na1,${first},,\r\na2,second,,\r\n`);
  },
);
