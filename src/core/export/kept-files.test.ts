import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import { exportFormats } from '../../shared/export-formats.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { listItems } from './folder.ts';
import { openWriter } from './formats.ts';
import type { Manifest } from './manifest.ts';
import { rowsInFile } from './rows-in-file.ts';

let server: Simulator;
let other: Simulator;
let held: TestCore;
let folder: string;
let profile: string;
beforeAll(async () => {
  server = await startSimulator({ users: 30, logs: 10, tied: [0, 0] });
  other = await startSimulator({ users: 7, logs: 10, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-kept-'));
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  await other.stop();
  rmSync(folder, { recursive: true });
});

const run = async (place: string, format: (typeof exportFormats)[number], resume: boolean, of = profile) => {
  const asked = { items: listItems(['users'], of), format, folder: place, resume, mirrored: false };
  const { error, result } = jobOf(
    await held.core.jobs.ended((await held.core.startJob('folder', asked)).id),
    'folder',
  );
  expect(error).toBeNull();
  return result?.files.map(({ state, rows }) => ({ state, rows }))[0];
};

test.each(exportFormats)(
  'an owner’s manifest that lies of its rows, or of what it is, is not believed: %s',
  async (format) => {
    const place = join(folder, format);
    const path = join(place, `users.${format}.manifest.json`);
    expect(await run(place, format, false)).toEqual({ state: 'complete', rows: 30 });
    expect(await run(place, format, true)).toEqual({ state: 'kept', rows: 30 });
    const said = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    for (const lie of [
      { file: { ...said.file, rows: 1_000_000 } },
      { file: { ...said.file, rows: '30' } },
      { file: { ...said.file, rows: 29 } },
      { tenant: { ...said.tenant, endpoint: 'https://else.example' } },
      { view: '/roles' },
      { below: 'role-users' },
      { zone: 'Asia/Seoul' },
      { columns: ['id'] },
    ]) {
      writeFileSync(path, JSON.stringify({ ...said, ...lie }));
      expect(await run(place, format, true), JSON.stringify(lie)).toEqual({ state: 'complete', rows: 30 });
    }
    expect(await run(place, format, true)).toEqual({ state: 'kept', rows: 30 });
    // A folder of another tenant's is not passed off as this one's.
    const { id } = await addSimulator(held.core, other, `Other ${format}`);
    expect(await run(place, format, true, id)).toEqual({ state: 'complete', rows: 7 });
  },
);

test.each(exportFormats)('rows are counted in a file whatever is in them: %s', async (format) => {
  const columns = ['id', 'name'].map((id) => ({ id, kind: 'text' as const }));
  const path = join(folder, `rows.${format}`);
  for (const count of [0, 1, 2, 5_000]) {
    const names = ['a "b"\r\n"c', '<row><row>', '{"x":[\n', '\n\n\n', '漢字', ',;\t"'];
    const rows = Array.from({ length: count }, (_, n) => ({ id: `r${n}`, name: names[n % names.length] }));
    const parts: Buffer[] = [];
    const writer = await openWriter(format, {
      title: 'x',
      columns,
      whole: true,
      bom: true,
      put: async (part) => void parts.push(Buffer.from(part)),
    });
    for (let from = 0; from < count; from += 700) await writer.write(rows.slice(from, from + 700));
    await writer.end();
    writeFileSync(path, Buffer.concat(parts));
    await using file = await open(path);
    expect(await rowsInFile(file, format), String(count)).toBe(count);
  }
});
