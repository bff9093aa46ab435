import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Column } from '../../shared/catalog/index.ts';
import { catalog, resourceOf } from '../../shared/catalog/index.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import { type Row, rowIdOf } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { csvHeader, csvOf } from './csv.ts';
import { openWriter } from './formats.ts';
import { type Manifest, manifestPathOf } from './manifest.ts';
import type { ExportRequest } from './request.ts';
import { fileTarget } from './writer.ts';

const text = (id: string): Column => ({ id, kind: 'text' });

/** Reads CSV with another program: Python's own reader. */
const readByPython = (csv: string): string[][] => {
  const script =
    'import csv,sys,json,io; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline="")))))';
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input: csv, encoding: 'utf8', maxBuffer: 1e9 }),
  ) as string[][];
};

describe('CSV', () => {
  test('quotes what needs quotes, ends records with CRLF, and is read back by another program', () => {
    const rows = [
      { a: 'x,y', b: 'say "hi"' },
      { a: 'two\r\nlines', b: '김민준 🙂' },
      { a: null, b: '' },
    ];
    const csv = csvHeader([text('a'), text('b')], true) + csvOf([text('a'), text('b')], rows);
    expect(csv.startsWith('\ufeffa,b\r\n')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(readByPython(csv)).toEqual([
      ['a', 'b'],
      ['x,y', 'say "hi"'],
      ['two\r\nlines', '김민준 🙂'],
      ['', ''],
    ]);
  });

  test.each(['=1+1', '+49151', '-2', '@SUM(A1)', '\tx', '\rx'])(
    'defuses a cell that a spreadsheet would run: %j',
    (cell) => {
      const [[read] = []] = readByPython(csvOf([text('a')], [{ a: cell }]));
      expect(read).toBe(`'${cell}`);
    },
  );

  test('leaves numbers numbers: only text could be run', () => {
    const columns: Column[] = [text('a'), { id: 'n', kind: 'number' }];
    expect(csvOf(columns, [{ a: -12.5, n: -3 }])).toBe('-12.5,-3\r\n');
    expect(csvOf(columns, [{ a: '-12.5', n: 1e-7 }])).toBe("'-12.5,1e-7\r\n");
  });

  test.each([
    ['821011834274', '="821011834274"'],
    ['+821011834274', '="+821011834274"'],
    ['007', '="007"'],
    ['1E5', '="1E5"'],
    ['2026-11-20', '="2026-11-20"'],
    ['=1+1', "'=1+1"],
    ['-x', "'-x"],
    ['4 apples', '4 apples'],
    ['', ''],
  ])('for Excel, text of digits is kept as text where that is asked for: %j', (cell, kept) => {
    const [[read] = []] = readByPython(csvOf([text('a'), text('b')], [{ a: cell }], { excelText: true }));
    expect(read).toBe(kept);
  });

  test('writes times as ISO 8601 and objects as JSON', () => {
    const columns: Column[] = [
      { id: 't', kind: 'time' },
      { id: 'o', kind: 'json' },
    ];
    expect(csvOf(columns, [{ t: 1_795_165_200_000, o: { a: [1] } }])).toBe(
      '2026-11-20T09:00:00.000Z,"{""a"":[1]}"\r\n',
    );
    expect(csvOf(columns, [{ t: 1_795_165_200_000 }], { zone: 'Asia/Seoul' })).toBe(
      '2026-11-20T18:00:00.000+09:00,\r\n',
    );
    expect(csvOf(columns, [{ t: 9e15, o: null }])).toBe('9000000000000000,\r\n');
  });
});

/** What a format makes of rows in two batches. */
const written = async (
  format: ExportFormat,
  whole: boolean,
  columns: readonly Column[],
  rows: readonly Row[],
) => {
  const parts: Uint8Array[] = [];
  const put = async (part: string | Uint8Array) => void parts.push(Buffer.from(part));
  const writer = await openWriter(format, { title: 'Rows', columns, whole, bom: false, put });
  await writer.write(rows.slice(0, 1));
  await writer.write(rows.slice(1));
  await writer.end();
  return Buffer.concat(parts);
};

test('NDJSON keeps whole rows, or the chosen columns by their ids', async () => {
  const rows = [{ id: '1', payload: { ip: '::1' }, new: true }];
  expect(String(await written('ndjson', true, [], rows))).toBe(
    '{"id":"1","payload":{"ip":"::1"},"new":true}\n',
  );
  expect(String(await written('ndjson', false, [text('payload.ip'), text('id'), text('none')], rows))).toBe(
    '{"payload.ip":"::1","id":"1","none":null}\n',
  );
});

test('JSON is one array, of nothing too', async () => {
  const rows = [{ id: '1' }, { id: '2' }, { id: '김' }];
  expect(JSON.parse(String(await written('json', true, [], rows)))).toEqual(rows);
  expect(JSON.parse(String(await written('json', true, [], [])))).toEqual([]);
});

test('Parquet has typed columns, which a reader of it gives back', async () => {
  const columns: Column[] = [
    text('id'),
    { id: 'at', kind: 'time' },
    { id: 'seen', kind: 'seconds' },
    { id: 'off', kind: 'boolean' },
    { id: 'count', kind: 'number' },
    { id: 'payload.ip', kind: 'text' },
    { id: 'tags', kind: 'json' },
  ];
  const rows: Row[] = Array.from({ length: 45_000 }, (_, n) => ({
    id: `id-${n}`,
    at: n % 7 === 0 ? null : 1_795_000_000_000 + n,
    seen: 1_795_000_000 + n,
    off: n % 2 === 0,
    count: n / 2,
    payload: { ip: `203.0.113.${n % 256}` },
    tags: n % 3 === 0 ? ['a', { b: '김' }] : undefined,
  }));
  rows[5] = { id: 6, at: 'not a time', off: 'yes', count: '12', tags: 'text' };
  const bytes = await written('parquet', false, columns, rows);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const read = await parquetReadObjects({ file });
  expect(read).toHaveLength(rows.length);
  expect(read[1]).toEqual({
    id: 'id-1',
    at: new Date(1_795_000_000_001),
    seen: new Date(1_795_000_001_000),
    off: false,
    count: 0.5,
    'payload.ip': '203.0.113.1',
    tags: null,
  });
  expect(read[0]).toMatchObject({ at: null, tags: '["a",{"b":"김"}]' });
  expect(read[5]).toMatchObject({ id: '6', at: null, off: null, count: null, tags: 'text' });
  expect(read.at(-1)).toMatchObject({ id: 'id-44999' });
});

describe('an export', () => {
  let server: Simulator;
  let held: TestCore;
  let folder: string;
  let profile: string;

  /** The tenant that is exported; in the place of the one before. */
  const have = async (logs: number) => {
    await server?.stop();
    server = await startSimulator({ users: 2_000, logs, tied: [500, 1_500] });
    profile = (await addSimulator(held.core, server, `Of ${logs} logs`)).id;
  };

  beforeEach(async () => {
    held = testCore();
    await have(1_200);
    folder = mkdtempSync(join(tmpdir(), 'logto-desk-export-'));
  });
  afterEach(async () => {
    await held[Symbol.asyncDispose]();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (
    asked: Partial<ExportRequest> & { resource?: string; filters?: Record<string, string[]> },
    name = 'out',
  ) => {
    const { resource = 'users', filters = {}, ...rest } = asked;
    const query = { profile, resource, filters };
    return held.core.startJob(
      'export',
      { query, format: 'ndjson', columns: 'all', bom: false, mirrored: false, ...rest },
      { path: join(folder, name) },
    );
  };
  /** Ids of the first rows of a list, by which nested lists are asked for. */
  const parentsOf = async (resource: string): Promise<string[]> => {
    const { parent } = resourceOf(resource);
    const [above] = parent ? await parentsOf(parent.resource) : [''];
    const query = { profile, resource, filters: {}, ...(above ? { parent: above } : {}) };
    const { rows } = await held.core.pages.page({ query, index: 0 }, {});
    return rows
      .slice(0, 2)
      .map((row) => [above, rowIdOf(resourceOf(resource), row)].filter(Boolean).join('/'));
  };
  const ended = ({ id }: Awaited<ReturnType<typeof start>>) => held.core.jobs.ended(id);
  const rowsOf = (name = 'out') =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row);

  test('of users writes every one, each once, also those that pages keep back', async () => {
    const { state, result } = await ended(await start({}));
    const ids = rowsOf().map(({ id }) => id);
    expect(state).toBe('done');
    expect(ids.sort()).toEqual(server.tenant.users.map(({ id }) => id).sort());
    expect(result).toMatchObject({ rows: 2_000, expected: 2_000, missing: 0 });
    expect(result?.mended).toBeGreaterThan(0);
  });

  test('says by how many rows it falls short of the server’s total', async () => {
    // A list that the server counts wrong: nothing can mend that.
    server.faults.add(
      { kind: 'status', status: 200, headers: { 'total-number': '50' }, body: server.tenant.roles },
      { on: '/api/roles', times: 99 },
    );
    const { result } = await ended(await start({ resource: 'roles' }));
    expect(rowsOf()).toHaveLength(server.tenant.roles.length);
    expect(result).toMatchObject({ rows: 45, expected: 50, missing: 5 });
  });

  test('of logs goes past the cap to the end, with its total, and is not moved by new ones', async () => {
    await have(12_000);
    server.onRequest = ({ path }) => {
      if (path === '/api/logs') server.tenant.insertLog(Date.now(), 'Interaction.Create');
    };
    const { result } = await ended(await start({ resource: 'logs' }));
    const rows = rowsOf();
    expect(result).toMatchObject({ missing: 0, repeated: 0, expected: rows.length });
    const old = rows.filter(({ createdAt }) => Number(createdAt) <= (server.tenant.logs.times[0] ?? 0));
    expect(new Set(old.map(({ id }) => id)).size).toBe(12_000);
  });

  test('of a filtered view has just its rows and columns', async () => {
    const query = { profile, resource: 'users', filters: { keyword: ['kim'] }, columns: ['username', 'id'] };
    const { result } = await ended(await start({ query, format: 'csv', columns: 'visible' }, 'kim.csv'));
    const [head, ...rows] = readByPython(readFileSync(join(folder, 'kim.csv'), 'utf8'));
    expect(head).toEqual(['username', 'id']);
    expect(rows).toHaveLength(result?.rows ?? -1);
    expect(rows.length).toBeGreaterThan(20);
  });

  test('reads everything and writes what fits, where the API cannot filter', async () => {
    const query = {
      profile,
      resource: 'logs',
      filters: {},
      where: [{ column: 'payload.result', mode: 'is' as const, value: 'Error' }],
    };
    const { result, rows } = await ended(await start({ query }));
    const found = rowsOf();
    expect(found.length).toBeGreaterThan(30);
    expect(found.every((row) => (row.payload as Row).result === 'Error')).toBe(true);
    expect(result).toMatchObject({ rows: found.length, missing: 0, expected: 1_200 });
    expect(rows).toBe(found.length);
  });

  test('of a selection reads the pages that showed it, and only those', async () => {
    const picked = [3, 4, 1_950].map((index) => ({ id: server.tenant.users[index]?.id ?? '', index }));
    const before = server.seen.length;
    const { result } = await ended(await start({ picked }));
    expect(rowsOf().map(({ id }) => id)).toEqual(picked.map(({ id }) => id));
    expect(result).toMatchObject({ rows: 3, missing: 0 });
    expect(server.seen.slice(before).filter(({ path }) => path === '/api/users')).toHaveLength(2);
  });

  test('of a selection finds rows that moved, and says which are gone', async () => {
    const moved = server.tenant.users[1_700]?.id ?? '';
    const { result } = await ended(
      await start({
        picked: [
          { id: moved, index: 5 },
          { id: 'gone', index: 6 },
        ],
      }),
    );
    expect(rowsOf().map(({ id }) => id)).toEqual([moved]);
    expect(result).toMatchObject({ rows: 1, expected: 2, missing: 1 });
  });

  test('of a selection has the rows that were picked, whatever the view’s conditions say of them', async () => {
    const where = [{ column: 'name', mode: 'is' as const, value: 'nobody is called this' }];
    const query = { profile, resource: 'users', filters: {}, where };
    const picked = [{ id: server.tenant.users[7]?.id ?? '', index: 7 }];
    const { result } = await ended(await start({ query, picked }));
    expect(rowsOf().map(({ id }) => id)).toEqual([picked[0]?.id]);
    expect(result).toMatchObject({ rows: 1, missing: 0 });
  });

  test('of what is nested under rows has all of it below those that fit', async () => {
    const [role] = server.tenant.roles.filter(
      ({ id }) => (server.tenant.usersByRole.get(String(id))?.size ?? 0) > 1,
    );
    const where = [{ column: 'id', mode: 'is' as const, value: String(role?.id) }];
    const query = { profile, resource: 'roles', filters: {}, where };
    await ended(await start({ query, below: 'role-users' }));
    const members = server.tenant.usersByRole.get(String(role?.id)) ?? new Set();
    expect(
      rowsOf()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...members].sort());
    expect(new Set(rowsOf().map(({ parentId }) => parentId))).toEqual(new Set([role?.id]));
  });

  test('never writes a secret, in any format', async () => {
    await ended(await start({ resource: 'applications' }, 'apps.ndjson'));
    await ended(await start({ resource: 'applications', format: 'csv' }, 'apps.csv'));
    for (const name of ['apps.ndjson', 'apps.csv']) {
      const content = readFileSync(join(folder, name), 'utf8');
      expect(content).not.toContain('sim-app-secret');
      expect(content).not.toContain('secret');
      expect(content).toContain('Storefront');
    }
  });

  test('of any list, nested ones too, has none of the tenant’s secrets', async () => {
    expect(catalog.length).toBeGreaterThan(40);
    const written = new Set<string>();
    for (const resource of catalog) {
      const parents = resource.parent ? await parentsOf(resource.parent.resource) : [undefined];
      for (const parent of parents) {
        const name = `any-${resource.id}.ndjson`;
        const query = { profile, resource: resource.id, filters: {}, ...(parent ? { parent } : {}) };
        const { state, error } = await ended(await start({ query, format: 'ndjson' }, name));
        // What the tenant does not have writes no file; nothing else may go wrong.
        if (error) expect(error.code, resource.id).toMatch(/^http\.(not_offered|not_found)$/);
        else expect(state, resource.id).toBe('done');
        if (state !== 'done') continue;
        written.add(resource.id);
        // Every secret of the simulator says what it is.
        expect(readFileSync(join(folder, name), 'utf8'), resource.id).not.toContain('sim-');
        rmSync(join(folder, name));
      }
    }
    for (const id of ['applications', 'application-secrets', 'hooks', 'connectors', 'sso-connectors'])
      expect(written).toContain(id);
    expect(written.size).toBeGreaterThan(35);
  });

  test('has a manifest beside it that says what it is, and proves it', async () => {
    const query = { profile, resource: 'users', filters: { keyword: ['kim'] }, columns: ['id', 'name'] };
    const { result } = await ended(await start({ query, format: 'csv', columns: 'visible' }, 'kim.csv'));
    const manifest = JSON.parse(readFileSync(manifestPathOf(join(folder, 'kim.csv')), 'utf8')) as Manifest;
    const content = readFileSync(join(folder, 'kim.csv'));
    expect(manifest).toMatchObject({
      kind: 'logto-desk-export',
      view: '/users?keyword=kim&columns=id%2Cname',
      tenant: { endpoint: server.endpoint },
      format: 'csv',
      columns: ['id', 'name'],
      complete: true,
      file: {
        name: 'kim.csv',
        rows: result?.rows,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
      report: { missing: 0 },
    });
    expect(JSON.stringify(manifest)).not.toContain(server.tokens.apps[0]?.secret);
  });

  test('from the mirror needs no server, keeps the order, and says as of when', async () => {
    await held.core.jobs.ended((await held.core.startJob('copy', { profile, resources: ['users'] })).id);
    await server.stop();
    const query = {
      profile,
      resource: 'users',
      filters: { keyword: ['kim'] },
      where: [{ column: 'username', mode: 'filled' as const, value: '' }],
      sort: { column: 'username', descending: false },
    };
    const { result, error } = await ended(await start({ query, mirrored: true }));
    expect(error).toBeNull();
    const names = rowsOf().map(({ username }) => String(username));
    expect(names.length).toBeGreaterThan(10);
    expect(names).toEqual([...names].sort(new Intl.Collator('en', { numeric: true }).compare));
    expect(result).toMatchObject({ missing: 0, mirror: { whole: true, asOf: expect.any(Number) } });
    const never = await ended(await start({ resource: 'roles', mirrored: true }, 'roles'));
    expect(never).toMatchObject({ state: 'failed', error: { code: 'mirror.empty' } });
  });

  test('from the mirror is of one moment, whatever is written to the mirror meanwhile', async () => {
    await held.core.jobs.ended(
      (await held.core.startJob('copy', { profile, resources: ['users'], below: false })).id,
    );
    const query = { profile, resource: 'users', filters: {} };
    const source = await held.core.sourceOf({ query, mirrored: true });
    const ids: string[] = [];
    const batches = source.read({ query, signal: new AbortController().signal });
    let step = await batches.next();
    for (; !step.done; step = await batches.next()) {
      ids.push(...step.value.rows.map(({ id }) => String(id)));
      // Newer ones come to the top, and would move all others by their number.
      const fresh = Array.from({ length: 30 }, (_, n) => ({
        id: `new-${ids.length}-${n}`,
        createdAt: Date.now(),
      }));
      await held.core.mirrors.put(held.core.profiles.get(profile), query, fresh, Date.now());
    }
    expect([...ids].sort()).toEqual(server.tenant.users.map(({ id }) => id).sort());
    expect(step.value).toMatchObject({ rows: 2_000, missing: 0 });
  });

  test('of counts has how many rows have each value, of all rows that fit, from server and mirror alike', async () => {
    const all = Array.from({ length: 1_200 }, (_, at) => server.tenant.logs.row(at));
    const expected = Map.groupBy(
      all.filter(({ payload }) => payload.result === 'Error'),
      ({ key }) => key,
    );
    const query = {
      profile,
      resource: 'logs',
      filters: {},
      where: [{ column: 'payload.result', mode: 'is' as const, value: 'Error' }],
    };
    const counts = { column: 'key', bucket: null };
    const { result, error } = await ended(await start({ query, counts, format: 'csv' }, 'events.csv'));
    expect(error).toBeNull();
    expect(result).toMatchObject({ rows: expected.size, missing: 0, expected: 1_200 });
    const [head, ...lines] = readFileSync(join(folder, 'events.csv'), 'utf8').trim().split('\r\n');
    expect(head).toBe('value,count');
    expect(lines.sort()).toEqual([...expected].map(([key, rows]) => `${key},${rows.length}`).sort());
    const proof = JSON.parse(readFileSync(join(folder, 'events.csv.manifest.json'), 'utf8')) as object;
    expect(proof).toMatchObject({ complete: true, counts, file: { rows: expected.size } });

    // Who they are is looked up once they are counted, and only for the file.
    const hit = { column: 'payload.userId', bucket: null };
    await ended(await start({ query, counts: hit, names: true, format: 'csv' }, 'hit.csv'));
    const [hitHead, ...hits] = readFileSync(join(folder, 'hit.csv'), 'utf8').trim().split('\r\n');
    expect(hitHead).toBe('value,name,count');
    const known = new Map(server.tenant.users.map(({ id, name }) => [id, name]));
    const byUser = Map.groupBy([...expected.values()].flat(), ({ payload }) => payload.userId ?? '');
    expect(hits.length).toBe(byUser.size);
    for (const line of hits) {
      const [id = '', name = '', count = ''] = line.split(',');
      expect(byUser.get(id)).toHaveLength(Number(count));
      expect(name).toContain(known.get(id) ?? '');
    }
    expect(hits.some((line) => line.split(',')[1])).toBe(true);

    await held.core.jobs.ended(
      (await held.core.startJob('copy', { profile, resources: ['logs'], below: false })).id,
    );
    await server.stop();
    await ended(await start({ query, counts, mirrored: true }, 'again'));
    expect(
      rowsOf('again')
        .map(({ value, count }) => `${value},${count}`)
        .sort(),
    ).toEqual(lines.sort());
    // By id, with the names that a copy can tell; where it cannot, there is none.
    const users = { column: 'payload.userId', bucket: null };
    await ended(await start({ query, counts: users, names: true, mirrored: true }, 'unnamed'));
    expect(new Set(rowsOf('unnamed').map(({ name }) => name))).toEqual(new Set([null]));
    const hours = { column: 'createdAt', bucket: 'hour' as const };
    await ended(await start({ query, counts: hours, mirrored: true, format: 'parquet' }, 'hours'));
    const bytes = readFileSync(join(folder, 'hours'));
    const file = new Uint8Array(bytes).buffer;
    const read = (await parquetReadObjects({ file })) as Row[];
    expect(read.reduce((sum, { count }) => sum + Number(count), 0)).toBe(
      [...expected.values()].reduce((sum, { length }) => sum + length, 0),
    );
    expect(String(read[0]?.value)).toMatch(/^\d{4}-\d\d-\d\dT\d\d$/);
    const seoul = { ...hours, zone: 'Asia/Seoul' };
    await ended(await start({ query, counts: seoul, mirrored: true }, 'seoul'));
    const inSeoul = rowsOf('seoul').map(
      ({ value, count }) => `${new Date(String(value)).toISOString().slice(0, 13)} ${count}`,
    );
    expect(inSeoul.sort()).toEqual(read.map(({ value, count }) => `${value} ${count}`).sort());
    expect(JSON.parse(readFileSync(join(folder, 'seoul.manifest.json'), 'utf8'))).toMatchObject({
      counts: seoul,
    });
  });

  test('of nothing is a file with a header', async () => {
    const { result } = await ended(
      await start({ format: 'csv', filters: { keyword: ['nobody-of-that-name'] } }, 'none.csv'),
    );
    expect(result).toMatchObject({ rows: 0, missing: 0 });
    expect(readByPython(readFileSync(join(folder, 'none.csv'), 'utf8'))[0]).toContain('primaryEmail');
  });

  test('appears in its place only when it is whole', async () => {
    writeFileSync(join(folder, 'out'), 'older');
    server.faults.add({ kind: 'latency', ms: 300 }, { on: ({ query }) => query.get('page') === '9' });
    const job = await start({});
    await expect.poll(() => held.core.jobs.find(job.id)?.rows).toBeGreaterThan(100);
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('older');
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['out']);
    await ended(job);
    expect(rowsOf().length).toBeGreaterThan(1_900);
    expect(readdirSync(folder)).toEqual(['out', basename(manifestPathOf('out'))]);
  });

  test('that is cancelled leaves nothing behind', async () => {
    server.faults.add({ kind: 'latency', ms: 5_000 }, { on: ({ query }) => query.get('page') === '9' });
    const job = await start({});
    await expect.poll(() => held.core.jobs.find(job.id)?.rows).toBeGreaterThan(100);
    await held.core.jobs.cancel(job.id);
    expect(held.core.jobs.find(job.id)?.state).toBe('cancelled');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that fails at its beginning leaves nothing behind, and says why', async () => {
    server.faults.add(
      { kind: 'status', status: 500, body: { message: 'Internal server error.' } },
      { on: '/api', times: 9_999 },
    );
    const job = await ended(await start({}));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'http.server', detail: { status: 500 } } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('ends with its profile', async () => {
    server.faults.add({ kind: 'latency', ms: 5_000 }, { on: ({ query }) => query.get('page') === '9' });
    const job = await start({});
    await held.core.tenants.changed(profile);
    expect(held.core.jobs.find(job.id)?.state).toBe('cancelled');
  });
});

describe('a file target', () => {
  test('refuses a place that is not there, with its path', async () => {
    await expect(fileTarget('/no/such/folder/x.csv')).rejects.toMatchObject({
      code: 'export.not_writable',
      detail: { where: '/no/such/folder/x.csv', reason: 'ENOENT' },
    });
  });

  test('is written beside its place, and discarded without a trace', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'logto-desk-target-'));
    const target = await fileTarget(join(folder, 'x.csv'));
    await target.write('half');
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.x\.csv\.[0-9a-f]{8}\.part$/)]);
    await target.discard();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
