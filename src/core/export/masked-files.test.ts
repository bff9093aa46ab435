import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDesk } from '../../cli/testing.ts';
import { jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import { catalog, resourceOf } from '../../shared/catalog/index.ts';
import { dossierFormats } from '../../shared/dossier.ts';
import { exportFormats } from '../../shared/export-formats.ts';
import { rowIdOf } from '../../shared/row.ts';
import { kept, mark, markedRows } from '../../simulator/marked-rows.ts';
import { resourceFor } from '../../simulator/recorded-rows.ts';
import { listItems } from './folder.ts';

const secret = 'a-secret-of-a-test';
/** Lists of which next to nothing is shown. */
const isHiddenWhole = (id: string) =>
  resourceOf(id).secrets.some((one) => typeof one === 'object' && 'path' in one && one.path === '');
const top = catalog.filter(({ sidebar, path }) => sidebar && !/\{(?!keyType)/.test(path)).map(({ id }) => id);

/** A tenant whose every list and row has marked secrets. */
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const json = (body: unknown, headers = {}, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  if (url.pathname === '/oidc/token')
    return json({ access_token: 'token-of-a-test', expires_in: 3600, scope: 'all' });
  const resource = resourceFor(url.pathname);
  if (!resource) return json({ code: 'entity.not_found', message: 'none' }, {}, 404);
  const rows = markedRows(resource);
  if (resource.singleton) return json(rows[0]);
  const one = rows.find(
    (row) => rowIdOf(resource, row) === decodeURIComponent(url.pathname.split('/').at(-1) ?? ''),
  );
  if (one) return json(one);
  const from = (n: number) => (n - 1) * size;
  const [page, size] = [
    Number(url.searchParams.get('page') ?? 1),
    Number(url.searchParams.get('page_size') ?? 20),
  ];
  const all =
    resource.paging === 'never' || (resource.paging === 'optional' && !url.searchParams.has('page'));
  const some = all ? rows : rows.slice(from(page), from(page + 1));
  // One answer may have the rows of two lists.
  const held = catalog.filter(({ path, rowsAt }) => rowsAt && path === resource.path);
  const body =
    held.length > 0 ? Object.fromEntries(held.map((list) => [list.rowsAt, markedRows(list)])) : some;
  return json(body, all ? {} : { 'total-number': String(rows.length) });
});

let held: TestCore;
let folder: string;
let endpoint: string;
let profile: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  held = testCore();
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-masked-'));
  const input = { kind: 'oss' as const, name: 'Marked', endpoint, appId: 'marked-app' };
  profile = (await held.core.profiles.add(input, secret, 'memory')).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const readable = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint'
      ? String(inner)
      : inner instanceof Uint8Array
        ? Buffer.from(inner).toString('latin1')
        : inner,
  );

/** All that a database file holds, in every table of it. */
const textOfDatabase = (path: string): string => {
  const file = new DatabaseSync(path, { readOnly: true });
  const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const text = tables.map(({ name }) => readable(file.prepare(`SELECT * FROM "${name}"`).all())).join('\n');
  file.close();
  return text;
};

/** What can be read of a file, also where it is compressed: its bytes, and what its format holds. */
const textOf = async (path: string): Promise<string> => {
  const bytes = readFileSync(path, 'latin1');
  if (path.endsWith('.parquet'))
    return bytes + readable(await parquetReadObjects({ file: await asyncBufferFromFile(path) }));
  if (path.endsWith('.xlsx'))
    return bytes + execFileSync('unzip', ['-p', path], { encoding: 'utf8', maxBuffer: 1e9 });
  return bytes.startsWith('SQLite format 3') ? bytes + textOfDatabase(path) : bytes;
};

const filesIn = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((path) => statSync(path).isFile());

const expectNoMark = (text: string, where: string) => {
  const at = text.indexOf(mark);
  expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 40), where).toBe('');
};

test('the tenant has marked secrets in every list', async () => {
  expect(top.length).toBeGreaterThan(30);
  for (const id of top) {
    const answer = await fetch(
      `${endpoint}${resourceOf(id).path.replace('{keyType}', resourceOf(id).fixedPath?.keyType ?? '')}`,
    );
    expect((await answer.text()).split(mark).length, id).toBeGreaterThan(30);
  }
});

test.each(exportFormats)(
  'no marked secret is in any file of a whole tenant’s export: %s',
  async (format) => {
    const place = join(folder, format);
    const items = listItems(top, profile, { below: true, belowUsers: true });
    const asked = { items, format, folder: place, resume: false, mirrored: false };
    const job = jobOf(await held.core.jobs.ended((await held.core.startJob('folder', asked)).id), 'folder');
    expect(job.error).toBeNull();
    const files = filesIn(place);
    expect(files.length).toBeGreaterThan(2 * top.length);
    let seen = 0;
    for (const path of files) {
      const text = await textOf(path);
      expectNoMark(text, path);
      seen += path.endsWith(`.${format}`) && text.includes(kept) ? 1 : 0;
    }
    expect(seen).toBeGreaterThan(50);
  },
  300_000,
);

test.each(dossierFormats)('nor in a dossier: %s', async (format) => {
  const path = join(folder, `dossier.${format}`);
  const asked = { profile, user: 'users-0', format, mirrored: false };
  const job = jobOf(
    await held.core.jobs.ended((await held.core.startJob('dossier', asked, { path })).id),
    'dossier',
  );
  expect(job.error).toBeNull();
  const filled = job.result?.manifest.sections.filter(({ count }) => count > 0) ?? [];
  expect(filled.length).toBeGreaterThan(10);
  const text = await textOf(path);
  expectNoMark(text, path);
  expect(text.split(kept).length).toBeGreaterThan(20);
});

test('nor in an offline copy, a snapshot, what is read of them, and any other file of the desk', async () => {
  const job = jobOf(
    await held.core.jobs.ended((await held.core.startJob('copy', { profile, belowUsers: true })).id),
    'copy',
  );
  expect(job.error).toBeNull();
  const path = join(folder, 'marked.logtodesk');
  expect(
    (
      await held.core.jobs.ended(
        (
          await held.core.startJob('snapshot', { profile, passphrase: null }, { path })
        ).id,
      )
    ).error,
  ).toBeNull();
  const opened = (await held.core.openSnapshot(path, null)).id;
  for (const resource of top)
    for (const of of [profile, opened]) {
      const query = { profile: of, resource, filters: {} };
      const page = await held.core.pages.page({ query, index: 0 }, {}, true);
      expect(readable(page).includes(kept), resource).toBe(!isHiddenWhole(resource));
      expectNoMark(readable(page), `${of} ${resource}`);
    }
  for (const file of [path, ...filesIn(held.dataDir)]) expectNoMark(await textOf(file), file);
  expect(filesIn(held.dataDir).some((file) => readFileSync(file, 'latin1').includes(kept))).toBe(true);
  expectNoMark(held.log.lines.join('\n'), 'the log');
}, 300_000);

test('what a copy keeps unmasked, as an earlier version or a hand may have left it, is masked when it is read', async () => {
  const { core } = held;
  for (const resource of ['users', 'hooks', 'connectors', 'logs']) {
    const query = { profile, resource, filters: {} };
    await core.mirrors.put(core.profiles.get(profile), query, markedRows(resourceOf(resource)), Date.now());
    const { rows } = await core.pages.page({ query, index: 0 }, {}, true);
    expect(rows.length).toBeGreaterThan(0);
    expectNoMark(readable(rows), resource);
    const [row] = rows;
    const one =
      row &&
      (await core.mirrors.row(core.profiles.get(profile), resource, rowIdOf(resourceOf(resource), row)));
    expectNoMark(readable(one), resource);
    const path = join(folder, `kept-${resource}.csv`);
    const asked = { query, format: 'csv' as const, columns: 'all' as const, bom: false, mirrored: true };
    expect((await core.jobs.ended((await core.startJob('export', asked, { path })).id)).error).toBeNull();
    expectNoMark(await textOf(path), path);
  }
});

test('nor in what the interface is given: pages, panels, names, searches', async () => {
  for (const resource of top) {
    const query = { profile, resource, filters: {} };
    const page = await held.core.pages.page({ query, index: 0 }, {});
    expect(readable(page).includes(kept), resource).toBe(!isHiddenWhole(resource));
    expectNoMark(readable(page), resource);
    const [row] = page.rows;
    const id = row ? rowIdOf(resourceOf(resource), row) : '';
    if (id === '') continue;
    for (const asked of [
      () => held.core.pages.row(profile, resource, id, {}),
      () => held.core.pages.names(profile, resource, [id]),
    ])
      expectNoMark(readable(await asked().catch(String)), `${resource} ${id}`);
  }
});

test('nor in what the terminal prints', async () => {
  const env = { LOGTO_DESK_DATA_DIR: join(folder, 'data') };
  const add = `profiles add --oss ${endpoint} --name Marked --app-id marked-app --secret-stdin`;
  expect(await runDesk(add.split(' '), env, secret)).toMatchObject({ code: 0 });
  for (const line of [
    'list users --json',
    'list hooks --json',
    'list connectors',
    'list logs --json',
    'list sso-connectors --json',
    'export applications --format ndjson --output -',
    'export users --format csv --output -',
  ]) {
    const { code, out, err } = await runDesk([...line.split(' '), '--profile', 'marked'], env);
    expect(code, err).toBe(0);
    expect(out.length, line).toBeGreaterThan(20);
    expectNoMark(out + err, line);
  }
  await runDesk(['profiles', 'remove', 'marked'], env);
}, 300_000);
