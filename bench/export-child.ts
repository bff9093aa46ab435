import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createManagementApi } from '@logto/api/management';
import { Agent, fetch } from 'undici';
import { openPlace, writeExport } from '../src/core/export/export.ts';
import { mostPagesAtOnce } from '../src/core/harvest/reader.ts';
import { serverSource } from '../src/core/harvest/source.ts';
import { keepHeapSmall } from '../src/doors/memory.ts';
import { createNodeCore } from '../src/doors/node-core.ts';
import type { ExportFormat } from '../src/shared/export-formats.ts';

/**
 * Reads all rows of a list in a process of its own, so that its memory is its own.
 * Arguments: a format, `bare` or `sdk`, endpoint, App ID, list; the secret in `SECRET`.
 * Prints `{ rows, ms, peakMiB }` as JSON; `ms` without the start of the process.
 */

keepHeapSmall();
const [way = '', endpoint = '', appId = '', resource = 'users'] = process.argv.slice(2);
const secret = process.env.SECRET ?? '';

/** As it ships: in a worker, its source would be stripped of its types by a compiler that takes memory of its own. */
const converter = new URL('../out/main/convert-worker.js', import.meta.url);

/** Memory before the rows are read, MiB; null for loops, which have no rest. */
let restMiB: number | null = null;

const exported = async (format: ExportFormat): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
  const core = createNodeCore({ dataDir: folder });
  const { id } = await core.profiles.add({ kind: 'oss', name: 'Bench', endpoint, appId }, secret, 'memory');
  const source = serverSource(await core.sessionOf(id), Date.now);
  const query = { profile: id, resource, filters: {} };
  const asked = { query, format, columns: 'all' as const, bom: false, mirrored: false };
  const part = await openPlace(source, asked, join(folder, `rows.${format}`), {
    clock: Date.now,
    resume: false,
    installation: core.settings.installation,
  });
  const { signal } = new AbortController();
  // At rest: all code is loaded and a page was read.
  await core.pages.page({ query, index: 0 }, {});
  gc?.();
  restMiB = process.memoryUsage.rss() / 2 ** 20;
  const { rows } = await writeExport(source, asked, part, { clock: Date.now, signal, converter });
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
  return rows;
};

/** A loop over pages with the official SDK, one after the other, as scripts do it. */
const sdkLoop = async (): Promise<number> => {
  const { apiClient } = createManagementApi('default', {
    clientId: appId,
    clientSecret: secret,
    baseUrl: endpoint,
    apiIndicator: 'https://default.logto.app/api',
  });
  const path = resource === 'users' ? '/api/users' : '/api/logs';
  for (let rows = 0, page = 1; ; page += 1) {
    const { data = [] } = await apiClient.GET(path, { params: { query: { page, page_size: 100 } } });
    rows += data.length;
    if (data.length < 100) return rows;
  }
};

/** The same requests by hand, several at a time, the rows parsed and let go: what server and network allow. */
const bareLoop = async (): Promise<number> => {
  const dispatcher = new Agent({ connections: mostPagesAtOnce });
  const tokenAnswer = await fetch(`${endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${appId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: 'https://default.logto.app/api',
      scope: 'all',
    }),
    dispatcher,
  });
  const { access_token: token } = (await tokenAnswer.json()) as { access_token: string };
  let rows = 0;
  let next = 1;
  let pages = Number.POSITIVE_INFINITY;
  const walk = async () => {
    for (let page = next++; page <= pages; page = next++) {
      const answer = await fetch(`${endpoint}/api/${resource}?page=${page}&page_size=100`, {
        headers: { authorization: `Bearer ${token}` },
        dispatcher,
      });
      pages = Math.ceil(Number(answer.headers.get('total-number')) / 100);
      const read = (await answer.json()) as unknown[];
      rows += read.length;
    }
  };
  await Promise.all(Array.from({ length: mostPagesAtOnce }, walk));
  return rows;
};

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const started = performance.now();
const loops: Readonly<Record<string, () => Promise<number>>> = { sdk: sdkLoop, bare: bareLoop };
const rows = await (loops[way] ?? (() => exported(way as ExportFormat)))();
const ms = performance.now() - started;
const peakMiB = process.resourceUsage().maxRSS / 1024;
const aboveRestMiB = restMiB === null ? null : peakMiB - restMiB;
const delayMs = delay.percentile(99) / 1e6;
console.log(JSON.stringify({ rows, ms, peakMiB, aboveRestMiB, delayMs }));
process.exit();
