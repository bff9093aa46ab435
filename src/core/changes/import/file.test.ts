import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourceOf } from '../../../shared/catalog/index.ts';
import { reasonSaid } from '../../../shared/phrases/testing.ts';
import { csvHeader, csvOf } from '../../export/csv.ts';
import { xlsxWriter } from '../../export/xlsx.ts';
import { unguarded } from './csv.ts';
import { openImport } from './file.ts';
import type { Package } from './package.ts';
import { folderFor, readAll, workbookOf, zipOf } from './testing.ts';
import { openWorkbook } from './xlsx.ts';

const linesOf = async (name: string, content: string | Uint8Array) => {
  using files = folderFor();
  const { headings, lines } = await readAll(files.write(name, content));
  return {
    headings,
    lines: lines.map(({ line, cells, fault }) => [line, ...(fault ? [reasonSaid(fault)] : cells)]),
  };
};

const refusal = async (name: string, content: string | Uint8Array) => {
  using files = folderFor();
  return await readAll(files.write(name, content)).then(
    () => null,
    ({ code, detail }) => ({ code, reason: detail.reason }),
  );
};

test.each([',', ';', '\t', '|'])(
  'a file parted by "%s" is read, lines counted as an editor does',
  async (by) => {
    const text = `${['Mail', 'Note'].join(by)}\r\n\r\na@x.test${by}"one\r\ntwo ${by}"\r\nb@x.test${by}""`;
    expect(await linesOf('people.csv', text)).toEqual({
      headings: ['Mail', 'Note'],
      lines: [
        [3, 'a@x.test', `one\r\ntwo ${by}`],
        [5, 'b@x.test', ''],
      ],
    });
  },
);

test('Excel’s own first line names the separator, and is a line', async () =>
  expect(await linesOf('a.csv', 'sep=;\r\na,b;c\r\n1;2\r\n')).toEqual({
    headings: ['a,b', 'c'],
    lines: [[3, '1', '2']],
  }));

test.each([
  ['UTF-8 with a mark', Buffer.from('\ufeffName,Mail\nKim 김,k@x.test\n')],
  ['UTF-16, little end first', Buffer.from('\ufeffName,Mail\nKim 김,k@x.test\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffName,Mail\nKim 김,k@x.test\n', 'utf16le').swap16()],
])('%s is read', async (_, bytes) =>
  expect(await linesOf('a.csv', bytes)).toEqual({
    headings: ['Name', 'Mail'],
    lines: [[2, 'Kim 김', 'k@x.test']],
  }),
);

test('a line with too many or too few cells is told by its number, the others are read', async () =>
  expect(await linesOf('a.csv', 'a,b\n1,2\n3\n4,5,6\n7,8,\n')).toEqual({
    headings: ['a', 'b'],
    lines: [
      [2, '1', '2'],
      [3, '1 cell under 2 headings'],
      [4, '3 cells under 2 headings'],
      [5, '7', '8'],
    ],
  }));

test('NDJSON keeps its types; keys come as they appear, and a line that is not an object is reported', async () =>
  expect(await linesOf('a.ndjson', '{"a":1,"b":{"c":[true]}}\n\n[1]\n{"z":null,"a":"x"}\nnot')).toEqual({
    headings: ['a', 'b', 'z'],
    lines: [
      [1, 1, { c: [true] }, undefined],
      [3, 'not a JSON object'],
      [4, 'x', undefined, null],
      [5, 'not a JSON object'],
    ],
  }));

const texts =
  '<si><t>Mail</t></si><si><r><t>a@x</t></r><r><t xml:space="preserve">.test</t></r><rPh><t>ruby</t></rPh></si>';
const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="0.00&quot;d&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>';

test('a workbook’s first visible sheet is read: shared and rich texts, booleans, dates, gaps, numbers of its rows', async () => {
  const sheet =
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>Born</t></is></c><c r="D2" t="str"><v>Active</v></c></row>' +
    '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><v>44927</v></c><c r="D4" t="b"><v>1</v></c></row>' +
    '<row r="5"><c r="A5"/></row>' +
    '<row r="7"><c r="B7" s="2"><v>44927.5</v></c><c r="D7" s="3"><v>821011834274</v></c></row>' +
    '<row r="8"><c r="A8" t="e"><v>#REF!</v></c></row><row r="9"><c r="F9"><v>1</v></c></row>';
  expect(await linesOf('a.xlsx', await workbookOf(sheet, { shared: texts, styles }))).toEqual({
    headings: ['Mail', 'Born', '', 'Active'],
    lines: [
      [4, 'a@x.test', '2023-01-01', '', true],
      [7, '', '2023-01-01T12:00:00', '', 821_011_834_274],
      [8, '#REF! in column 1'],
      [9, 'column 6 has a value and no heading'],
    ],
  });
  const mac = await workbookOf('<row><c t="s"><v>0</v></c></row><row><c s="1"><v>43465</v></c></row>', {
    shared: texts,
    styles,
    attributes: 'date1904="1"',
  });
  expect((await linesOf('mac.xlsx', mac)).lines).toEqual([[2, '2023-01-01']]);
});

test('a sheet can be named, and others are not passed over in silence', async () => {
  using files = folderFor();
  const further = '<sheet name="More" sheetId="3" r:id="rId1"/>';
  const path = files.write('a.xlsx', await workbookOf('<row><c t="str"><v>a</v></c></row>', { further }));
  expect(await readAll(path)).toMatchObject({ sheet: 'People', otherSheets: ['More'], headings: ['a'] });
  expect(await readAll(path, { sheet: 'Notes' })).toMatchObject({ sheet: 'Notes', headings: ['hidden'] });
  await expect(readAll(path, { sheet: 'None' })).rejects.toMatchObject({
    code: 'import.unreadable',
    detail: { reason: 'it has no sheet "None"; there are: Notes, People, More' },
  });
});

const columns = [
  { id: 'name', kind: 'text' },
  { id: 'customData', kind: 'json' },
] as const;
const plain = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== '' && !text.includes('\0'));
const rows = fc.array(fc.record({ name: plain, customData: fc.dictionary(plain, fc.integer()) }), {
  minLength: 1,
  maxLength: 20,
});

test('whatever an export wrote is read as it was, from CSV and from Excel', async () => {
  using files = folderFor();
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (given, excelText) => {
      // What Excel cannot hold is replaced when it is written; an own `'` before a sign is taken for the export's.
      const kept = given.map((row) => ({ ...row, name: row.name.toWellFormed().replace(/^['="]+/, 'x') }));
      const expected = kept.map((row) => [row.name, JSON.stringify(row.customData)]);
      const csv = csvHeader(columns, true) + csvOf(columns, kept, { excelText });
      const fromCsv = await readAll(files.write('a.csv', csv));
      // Inside of a text, the export guards what a spreadsheet might part.
      const guarded = /[;\t\r\n]/;
      const comparable = (lines: readonly { cells: readonly unknown[] }[]) =>
        lines
          .map(({ cells }) => cells.map((cell) => (typeof cell === 'string' ? unguarded(cell) : cell)))
          .filter((cells) => !cells.some((cell) => guarded.test(String(cell))));
      expect(comparable(fromCsv.lines)).toEqual(
        expected.filter((cells) => !cells.some((cell) => guarded.test(cell))),
      );
      const parts: Uint8Array[] = [];
      const writer = xlsxWriter(columns, 'Users', async (bytes) => void parts.push(bytes));
      await writer.write(kept);
      await writer.end();
      const fromExcel = await readAll(files.write('a.xlsx', Buffer.concat(parts)));
      expect(fromExcel.lines.map(({ cells }) => cells)).toEqual(expected.map(([name, json]) => [name, json]));
    }),
    { numRuns: 60 },
  );
});

test('any table is read as it was written, with every separator, its lines in their order', async () => {
  using files = folderFor();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(',', ';', '\t', '|'),
      fc.array(fc.tuple(plain, plain, plain), { minLength: 1, maxLength: 15 }),
      async (delimiter, table) => {
        const safe = table.map((cells) => cells.map((cell) => `x${cell}`));
        const text = stringify([['one', 'two', 'three'], ...safe], { delimiter, quoted: true });
        const { lines, sha256 } = await readAll(files.write('a.txt', text));
        expect(lines.map(({ cells }) => cells)).toEqual(
          safe.map((cells) => cells.map((cell) => cell.toWellFormed())),
        );
        expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ['zeros in it', 'a.csv', Buffer.from('a,b\n', 'utf16le'), 'import.unreadable', /UTF-8/],
  ['Latin-1', 'a.csv', Buffer.from('name\nJos\xe9\n', 'latin1'), 'import.unreadable', /not UTF-8/],
  ['an open quote', 'a.csv', 'a,b\n1,2\n3,"4\n5,6\n', 'import.unreadable', /line 3/],
  ['an endless line', 'a.csv', `a,b\n1,"${'x'.repeat(3 << 20)}`, 'import.too_large', /line 2/],
  ['an endless first line', 'a.csv', 'x'.repeat(3 << 20), 'import.too_large', /line 1/],
  ['two columns of one name', 'a.csv', 'Mail,mail,Mail\n', 'import.unreadable', /"Mail"/],
  ['no headings', 'a.csv', '\n,,\n', 'import.unreadable', /headings/],
  ['nothing', 'a.csv', '', 'import.unreadable', /headings/],
  [
    '1,000 columns',
    'a.csv',
    `${Array.from({ length: 1_000 }, (_, n) => n).join(',')}\n`,
    'import.too_large',
    /columns/,
  ],
  [
    '1,000 keys',
    'a.ndjson',
    Array.from({ length: 1_000 }, (_, n) => `{"k${n}":1}`).join('\n'),
    'import.too_large',
    /keys/,
  ],
  ['an endless object', 'a.ndjson', `{"a":"${'x'.repeat(3 << 20)}`, 'import.too_large', /characters/],
  [
    'an old Excel file',
    'a.xls',
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    'import.unreadable',
    /old or encrypted/,
  ],
  ['half a ZIP', 'a.xlsx', Buffer.from('PK\x03\x04abc'), 'import.unreadable', /damaged/],
])('a file with %s is refused, and says why', async (_, name, content, code, reason) =>
  expect(await refusal(name, content)).toEqual({ code, reason: expect.stringMatching(reason) }),
);

test('a ZIP of something else, one that unpacks to gigabytes, and XML that declares entities are refused', async () => {
  expect(await refusal('a.xlsx', await zipOf({ 'a.txt': 'x' }))).toMatchObject({ code: 'import.unreadable' });
  const bomb = await workbookOf(`<row><c t="str"><v>${' '.repeat(64 << 20)}</v></c></row>`);
  expect(bomb.length).toBeLessThan(1 << 20);
  expect(await refusal('a.xlsx', bomb)).toMatchObject({ code: 'import.too_large' });
  const declared = await zipOf({
    'xl/workbook.xml': '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>',
  });
  expect(await refusal('a.xlsx', declared)).toMatchObject({ code: 'import.unreadable' });
});

test('an Excel file of millions of empty texts, or of attributes without end, is refused before it fills the memory', async () => {
  async function* parts(text: string, times: number) {
    yield '<sst>';
    for (let n = 0; n < times; n += 1) yield text;
    yield '</sst>';
  }
  const rels = '<r><Relationship Id="a" Type="x/sharedStrings" Target="texts.xml"/></r>';
  const packOf = (texts: () => AsyncGenerator<string>): Package => ({
    has: (path) => path !== '_rels/.rels',
    text: (path) =>
      path.endsWith('texts.xml')
        ? texts()
        : parts(path.endsWith('.rels') ? rels : '<sheet name="s" r:id="a"/>', 1),
  });
  const many = () => parts('<si/>'.repeat(1 << 16), 40);
  await expect(openWorkbook(packOf(many), 'a.xlsx')).rejects.toMatchObject({ code: 'import.too_large' });
  const attributes = () => parts(`<si ${Array.from({ length: 300 }, (_, at) => `a${at}=""`).join(' ')}/>`, 1);
  await expect(openWorkbook(packOf(attributes), 'a.xlsx')).rejects.toThrow('too many attributes');
});

test('a folder and a device are not files', async () => {
  using files = folderFor();
  for (const path of [files.folder, '/dev/zero', join(files.folder, 'none.csv')])
    await expect(openImport(path)).rejects.toMatchObject({ code: 'import.unreadable' });
});

test('a file that changes while it is read is refused', async () => {
  using files = folderFor();
  const path = files.write('a.csv', 'a,b\n1,2\n');
  await using file = await openImport(path);
  appendFileSync(path, '3,4\n');
  const read = async () => {
    for await (const _ of file.lines());
  };
  await expect(read()).rejects.toMatchObject({ code: 'import.changed', detail: { where: 'a.csv' } });
  writeFileSync(path, 'a,b\n1,2\n');
  await expect(read()).resolves.toBeUndefined();
});

test('a workbook that breaks off behind its headings is said to be damaged', async () => {
  using files = folderFor();
  const row = '<row><c t="str"><v>a</v></c></row>';
  const whole = await workbookOf(`${row}${row}`);
  const broken = await workbookOf(`${row}${row}</sheetData></worksheet><!--`);
  await expect(readAll(files.write('a.xlsx', whole))).resolves.toBeDefined();
  const path = files.write('b.xlsx', broken);
  await using file = await openImport(path);
  expect(file.headings).toEqual(['a']);
  await expect(readAll(path)).rejects.toMatchObject({
    code: 'import.unreadable',
    detail: { where: 'b.xlsx' },
  });
});

test('columns of the catalogue’s export are headings here', async () => {
  const { columns: all } = resourceOf('users');
  const { headings } = await linesOf('a.csv', csvHeader(all, false));
  expect(headings).toEqual(all.map(({ id }) => id));
});

test('of any bytes under any name, lines come or a typed error', async () => {
  using files = folderFor();
  const zip = await workbookOf('<row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row>');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('a', ',', ';', '"', '\r', '\n', '\t', '{', '}', ':', '\ufeff'),
      maxLength: 60,
    }),
    // A workbook with some of its bytes replaced.
    fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
      const bent = Buffer.from(zip);
      for (const [at, byte] of changes) bent[at] = byte;
      return bent;
    }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom('a.csv', 'a.xlsx', 'a.ndjson', 'a'), async (content, name) => {
      const read = await readAll(files.write(name, content)).catch((error: unknown) => error);
      if (read instanceof Error)
        expect(read).toMatchObject({ code: expect.stringMatching(/^import\.(unreadable|too_large)$/) });
    }),
    { numRuns: 300 },
  );
});
