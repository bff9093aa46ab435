import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import { converter } from '../../doors/workers.ts';
import { type Column, resourceOf } from '../../shared/catalog/index.ts';
import { profileOf } from '../../shared/profile.ts';
import type { Row } from '../../shared/row.ts';
import { passing } from '../harvest/batch.ts';
import { nothingRead } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import { addLate } from './columns.ts';
import { csvHeader, csvOf } from './csv.ts';
import { openPlace, writeExport } from './export.ts';
import { type Manifest, manifestPathOf } from './manifest.ts';
import type { WrittenColumn } from './partial-file.ts';
import { type ExportRequest, exportSchema } from './request.ts';
import { widen } from './widen.ts';
import type { Target } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-late-'));
afterAll(() => rmSync(folder, { recursive: true }));

const profile = profileOf({ kind: 'oss', name: 'T', endpoint: 'localhost:1', appId: 'a' }, 't');
const clock = () => 1_795_165_200_000;
const deps = { clock, signal: new AbortController().signal, converter };

/** Roles as a newer server gives them: its last row alone has a field that the catalogue does not know. */
const rows: Row[] = Array.from({ length: 250 }, (_, n) => ({ id: `r${n}`, name: `two\r\nlines, "${n}"` }));
rows[249] = { ...rows[249], novelty: { since: 1 } };
const source: Source = {
  profile,
  async *read() {
    yield passing(rows.slice(0, 100));
    yield passing(rows.slice(100, 200));
    yield passing(rows.slice(200));
    return { ...nothingRead, rows: rows.length, expected: rows.length };
  },
};
const asked = (format: ExportRequest['format']) =>
  exportSchema.parse({ query: { profile: 't', resource: 'roles', filters: {} }, format, bom: true });

/** CSV as another program reads it, each record by the header. */
const readByPython = (csv: Buffer): Record<string, string | null>[] => {
  const script =
    'import csv,sys,json,io; print(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline="")))))';
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input: csv, encoding: 'utf8', maxBuffer: 1e9 }),
  );
};

test('a field that only the last row has is in the CSV file, which the manifest describes', async () => {
  const path = join(folder, 'roles.csv');
  const place = await openPlace(source, asked('csv'), path, { clock, resume: false, installation: 'test' });
  const result = await writeExport(source, asked('csv'), place, deps);
  const bytes = readFileSync(path);
  const read = readByPython(bytes);
  expect(read).toHaveLength(250);
  expect(read.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
  expect(read.map(({ novelty }) => novelty)).toEqual([...Array(249).fill(''), '{"since":1}']);
  expect(result).toMatchObject({ rows: 250, bytes: bytes.length });
  expect(result).not.toHaveProperty('omitted');
  const manifest = JSON.parse(readFileSync(manifestPathOf(path), 'utf8')) as Manifest;
  expect(manifest.file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('and in the Parquet file', async () => {
  const path = join(folder, 'roles.parquet');
  const place = await openPlace(source, asked('parquet'), path, {
    clock,
    resume: false,
    installation: 'test',
  });
  await writeExport(source, asked('parquet'), place, deps);
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  expect((await parquetReadObjects({ file })).at(-1)).toMatchObject({ novelty: '{"since":1}' });
});

test('a stream, whose header is gone, keeps its records in order and says what is not in it', async () => {
  const parts: Buffer[] = [];
  const place: Target = {
    write: async (part) => void parts.push(Buffer.from(part)),
    finish: async () => {},
    discard: async () => {},
  } as Target;
  const result = await writeExport(source, asked('csv'), place, deps);
  expect(result.omitted).toEqual(['novelty']);
  expect(new Set(readByPython(Buffer.concat(parts)).map((row) => Object.keys(row).join())).size).toBe(1);
});

test('any cells come through a header that grows, wherever the file is cut into pieces', async () => {
  const columns = ['a', 'b', 'c', 'd'].map((id): Column => ({ id, kind: 'text' }));
  const cell = fc.oneof(fc.string(), fc.constantFrom('"', ',', '\r\n', '\n', '\r', '", "', '김'));
  const record = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.array(cell, { minLength: 4, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
      const path = join(folder, 'grown.csv');
      const known = records.map(([count, cells], n) => ({
        count: Math.max(count, ...records.slice(0, n).map(([earlier]) => earlier)),
        cells,
      }));
      const row = (cells: readonly string[], count: number): Row =>
        Object.fromEntries(columns.slice(0, count).map(({ id }, at) => [id, cells[at]]));
      writeFileSync(
        path,
        csvHeader(columns.slice(0, 2), false) +
          known.map(({ count, cells }) => csvOf(columns.slice(0, count), [row(cells, count)])).join(''),
      );
      const file = openSync(path, 'r');
      await widen(file, `${path}.made`, columns, false);
      closeSync(file);
      const expected =
        csvHeader(columns, false) +
        csvOf(
          columns,
          known.map(({ count, cells }) => row(cells, count)),
        );
      expect(readFileSync(`${path}.made`, 'utf8')).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

test('a field that several late rows carry is one column', () => {
  const columns: WrittenColumn[] = [{ id: 'id', kind: 'id' }];
  addLate(columns, resourceOf('roles'), [
    { id: 'a', novelty: 1 },
    { id: 'b', novelty: 2, more: 3 },
  ]);
  expect(columns.map(({ id }) => id)).toEqual(['id', 'novelty', 'more']);
});
