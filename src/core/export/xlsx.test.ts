import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Column } from '../../shared/catalog/index.ts';
import type { Row } from '../../shared/row.ts';
import { xlsxWriter } from './xlsx.ts';

/** Debian's own Python: openpyxl is a package of it. */
const python = '/usr/bin/python3';
const isReaderHere = spawnSync(python, ['-c', 'import openpyxl']).status === 0;

const columns: Column[] = [
  { id: 'id', kind: 'id', width: 210 },
  { id: 'at', kind: 'time' },
  { id: 'seen', kind: 'seconds' },
  { id: 'off', kind: 'boolean' },
  { id: 'count', kind: 'number' },
  { id: 'payload.ip', kind: 'text' },
  { id: 'tags', kind: 'json' },
];

/** Dates of Excel's have no zone: their columns' names tell it. */
const header = ['id', 'at (UTC)', 'seen (UTC)', 'off', 'count', 'payload.ip', 'tags'];

const written = async (
  rows: readonly Row[],
  mostRows?: number,
  zone?: string,
  title = 'Audit logs: [all]',
): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  const put = async (part: Uint8Array) => void parts.push(part);
  const writer = xlsxWriter(columns, title, put, {
    zone,
    ...(mostRows === undefined ? {} : { mostRows }),
  });
  await writer.write(rows.slice(0, 1));
  await writer.write(rows.slice(1));
  await writer.end();
  return Buffer.concat(parts);
};

type Sheet = { title: string; frozen: string | null; filter: string | null; rows: unknown[][] };

/** What another program reads: openpyxl, dates as ISO text with a mark. */
const readByPython = (bytes: Buffer): Sheet[] => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-xlsx-'));
  const path = join(folder, 'x.xlsx');
  writeFileSync(path, bytes);
  const script = `
import openpyxl, json, sys, datetime
def text(v): return {'date': v.isoformat()} if isinstance(v, datetime.datetime) else v
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([{'title': s.title, 'frozen': s.freeze_panes, 'filter': s.auto_filter.ref,
  'rows': [[text(c) for c in row] for row in s.iter_rows(values_only=True)]} for s in book]))`;
  const out = execFileSync(python, ['-c', script, path], { encoding: 'utf8', maxBuffer: 1e9 });
  rmSync(folder, { recursive: true });
  return JSON.parse(out) as Sheet[];
};

test.skipIf(!isReaderHere)(
  'a workbook is typed, frozen and filterable, as another program reads it',
  async () => {
    const [sheet, ...more] = readByPython(
      await written([
        {
          id: 'a',
          at: 1_795_165_200_000,
          seen: 1_795_165_200,
          off: true,
          count: 1.5,
          payload: { ip: '203.0.113.7' },
          tags: ['x', { b: '김' }],
        },
        { id: '=1+1', at: 'not a time', seen: null, off: 'yes', count: '007', tags: '' },
        { id: 'b', at: 8.64e15, count: -0.25 },
      ]),
    );
    expect(more).toEqual([]);
    expect(sheet).toEqual({
      title: 'Audit logs   all ',
      frozen: 'A2',
      filter: 'A1:G4',
      rows: [
        header,
        [
          'a',
          { date: '2026-11-20T09:00:00' },
          { date: '2026-11-20T09:00:00' },
          true,
          1.5,
          '203.0.113.7',
          '["x",{"b":"김"}]',
        ],
        // No formula, and no number: text stays text.
        ['=1+1', 'not a time', null, 'yes', '007', null, ''],
        ['b', '+275760-09-13T00:00:00.000Z', null, null, -0.25, null, null],
      ],
    });
  },
);

test.skipIf(!isReaderHere)('what XML cannot hold survives, and what Excel cannot hold is cut', async () => {
  const hostile = [
    '\0\u0001\u001f',
    'a\r\nb',
    '_x0041_',
    '<b>&"\'',
    '\ud800',
    '\u202e\u200b',
    'x'.repeat(40_000),
  ];
  const [sheet] = readByPython(await written(hostile.map((id) => ({ id }))));
  const [, ...rows] = (sheet?.rows ?? []).map(([id]) => id);
  expect(rows).toEqual([
    '_x0000__x0001__x001F_',
    'a_x000D_\nb',
    '_x005F_x0041_',
    '<b>&"\'',
    '\ufffd',
    '\u202e\u200b',
    `${'x'.repeat(32_766)}…`,
  ]);
});

test.skipIf(!isReaderHere)(
  'dates are those of the zone that is asked for, which their header names',
  async () => {
    const [sheet] = readByPython(await written([{ at: 1_795_165_200_000 }], undefined, 'Asia/Seoul'));
    expect(sheet?.rows.map(([, at]) => at)).toEqual(['at (Asia/Seoul)', { date: '2026-11-20T18:00:00' }]);
  },
);

test.skipIf(!isReaderHere)('more rows than a sheet holds go on in further sheets', async () => {
  const rows = Array.from({ length: 2_500 }, (_, n) => ({ id: `id-${n}` }));
  const sheets = readByPython(await written(rows, 1_001));
  expect(sheets.map(({ title, rows: { length } }) => [title, length])).toEqual([
    ['Audit logs   all ', 1_001],
    ['Audit logs   all  2', 1_001],
    ['Audit logs   all  3', 501],
  ]);
  expect(sheets.flatMap(({ rows: [, ...some] }) => some.map(([id]) => id))).toEqual(rows.map(({ id }) => id));
  const [empty] = readByPython(await written([]));
  expect(empty?.rows).toEqual([header]);
});

test.skipIf(!isReaderHere)(
  'a long name is cut to what a sheet can have, each sheet’s number included',
  async () => {
    const rows = Array.from({ length: 15 }, (_, n) => ({ id: `id-${n}` }));
    const title = 'Users of the organization of all organizations';
    const titles = readByPython(await written(rows, 2, undefined, title)).map((sheet) => sheet.title);
    expect(titles).toHaveLength(15);
    expect(new Set(titles).size).toBe(15);
    expect(titles[0]).toBe(title.slice(0, 31));
    expect(titles[1]).toBe(`${title.slice(0, 29)} 2`);
    expect(titles[14]).toBe(`${title.slice(0, 28)} 15`);
  },
);

test('the same rows give the same bytes; a failure while writing is told', async () => {
  expect(await written([{ id: 'a' }])).toEqual(await written([{ id: 'a' }]));
  const broken = xlsxWriter(columns, 'x', async () => Promise.reject(new Error('disk')));
  const writing = (async () => {
    for (let n = 0; n < 500; n += 1)
      await broken.write(Array.from({ length: 1_000 }, (_, at) => ({ id: `${n}-${at}-${Math.random()}` })));
    await broken.end();
  })();
  await expect(writing).rejects.toThrow('disk');
});
