import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userImportFields } from '../../../shared/change/import-fields.ts';
import { writeFailed } from './failed.ts';
import { openImport } from './file.ts';
import { mappingOf } from './mapping.ts';
import { secretsIn } from './secrets.ts';
import { folderFor, readAll, workbookOf } from './testing.ts';

const failedOf = async (content: string | Buffer, name: string, out: string, lines: readonly number[]) => {
  const files = folderFor();
  await using file = await openImport(files.write(name, content));
  const path = join(files.folder, out);
  const mapping = mappingOf(file.headings, userImportFields, { name });
  const count = await writeFailed(file, mapping, path, (line) =>
    lines.includes(line) ? `why ${line}` : null,
  );
  return { files, path, count };
};

test('failed lines are written with their own columns and the reason, for their owner alone, and are read again', async () => {
  const csv =
    'Mail;Name;customData.a.b;password\na@x.test;"=1+1";x;=secret\nb@x.test;B;y;pw\nc@x.test;C;z;pw;further\n';
  const { files, path, count } = await failedOf(csv, 'people.csv', 'failed.csv', [2, 4]);
  using _ = files;
  expect(count).toBe(2);
  expect(readFileSync(path, 'utf8')).toBe(
    "\ufeffMail,Name,customData.a.b,password,reason\r\na@x.test,'=1+1,x,=secret,why 2\r\nc@x.test,C,z,pw,why 4 (further)\r\n",
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
  // Given again and failed again, there is one reason, the newer one.
  await using again = await openImport(path);
  const mapping = mappingOf(again.headings, userImportFields, { name: 'failed.csv' });
  const next = join(files.folder, 'next.csv');
  await writeFailed(again, mapping, next, (line) => (line === 2 ? 'still' : null));
  expect(await readAll(next)).toMatchObject({
    headings: ['Mail', 'Name', 'customData.a.b', 'password', 'reason'],
    lines: [{ line: 2, cells: ['a@x.test', "'=1+1", 'x', '=secret', 'still'] }],
  });
});

test('lines of NDJSON and of Excel fail into NDJSON and CSV with their values', async () => {
  const ndjson = '{"email":"a@x.test","customData":{"n":[1]}}\n{"email":"b@x.test"}\n';
  const { files, path } = await failedOf(ndjson, 'a.ndjson', 'failed.ndjson', [1]);
  using _ = files;
  expect(readFileSync(path, 'utf8')).toBe('{"email":"a@x.test","customData":{"n":[1]},"reason":"why 1"}\n');
  const sheet =
    '<row><c t="str"><v>email</v></c><c t="str"><v>phone</v></c></row><row><c t="str"><v>a@x.test</v></c><c><v>8210</v></c></row>';
  const excel = await failedOf(await workbookOf(sheet), 'a.xlsx', 'failed.csv', [2]);
  using __ = excel.files;
  expect(readFileSync(excel.path, 'utf8')).toBe('\ufeffemail,phone,reason\r\na@x.test,8210,why 2\r\n');
});

test('secrets are read from the line and column that a plan points at, and only from the same file', async () => {
  using files = folderFor();
  const path = files.write('people.csv', 'email,password\na@x.test, one \nb@x.test,"t,wo"\n');
  const { sha256 } = await readAll(path);
  const ref = (line: number, column = 'password') => ({ secret: 'file' as const, line, column });
  const secretOf = await secretsIn(path, { sha256 }, [ref(2), ref(3)]);
  expect([secretOf(ref(2)), secretOf(ref(3))]).toEqual([' one ', 't,wo']);
  expect([secretOf(ref(2, 'email')), secretOf(ref(9))]).toEqual([null, null]);
  writeFileSync(path, 'email,password\na@x.test, 0ne \nb@x.test,"t,wo"\n');
  await expect(secretsIn(path, { sha256 }, [ref(2)])).rejects.toMatchObject({ code: 'import.changed' });
});
