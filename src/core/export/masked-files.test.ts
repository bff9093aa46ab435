import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCore, testCore } from '../../doors/testing.ts';

const mark = 'Mk7marked9secret';
const kept = 'kept-and-readable';
const row = {
  id: 'r1',
  name: kept,
  password: mark,
  passwordEncrypted: mark,
  secret: mark,
  signingKey: mark,
  config: { clientSecret: mark },
  customData: { plan: 'pro', crm: { apiToken: mark, address: `https://ops:${mark}@crm.example` } },
  payload: { params: { code_verifier: mark, client_assertion: mark } },
};

/** What is secret in the list of webhooks alone. */
const hook = {
  ...row,
  config: { url: `https://hooks.example/services/${mark}`, headers: { x: mark }, clientSecret: mark },
};

const server = createServer((request, response) => {
  const isToken = request.url?.endsWith('/oidc/token');
  const body = isToken
    ? { access_token: 'token-of-a-test', expires_in: 3600, scope: 'all' }
    : [request.url?.startsWith('/api/hooks') ? hook : row];
  response
    .writeHead(200, { 'content-type': 'application/json', ...(isToken ? {} : { 'total-number': '1' }) })
    .end(JSON.stringify(body));
});
let held: TestCore;
let folder: string;
let profile: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  held = testCore();
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-masked-'));
  const input = { kind: 'oss' as const, name: 'Marked', endpoint, appId: 'marked-app' };
  profile = (await held.core.profiles.add(input, 'a-secret-of-a-test', 'memory')).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const textOf = async (path: string): Promise<string> => {
  if (!path.endsWith('.parquet')) return readFileSync(path, 'latin1');
  return JSON.stringify(await parquetReadObjects({ file: await asyncBufferFromFile(path) }), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
};

const formats = ['csv', 'ndjson', 'json', 'parquet'] as const;

test.each(formats)('a marked secret of a hostile server is in no file of an export: %s', async (format) => {
  for (const resource of ['users', 'applications', 'hooks', 'connectors']) {
    const path = join(folder, `${resource}.${format}`);
    const query = { profile, resource, filters: {} };
    const asked = { query, format, columns: 'all' as const, bom: false, mirrored: false };
    const job = await held.core.jobs.ended((await held.core.startExport(asked, path)).id);
    expect(job.error, resource).toBeNull();
    expect(await textOf(path), resource).toContain(kept);
  }
  for (const name of readdirSync(folder)) expect(await textOf(join(folder, name)), name).not.toContain(mark);
});
