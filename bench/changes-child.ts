import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { changesAtOnce } from '../src/core/changes/apply.ts';
import { planImport } from '../src/core/changes/import/plan-import.ts';
import { createNodeCore } from '../src/doors/node-core.ts';

/**
 * Imports the users of a file in a process of its own, so that its memory is its own.
 * Arguments: `script`, `bare`, `reading` or `import`, endpoint, App ID, file, number of users; the secret in `SECRET`.
 * Prints `{ rows, planMs, ms, peakMiB, aboveRestMiB }` as JSON; `ms`: of the changes alone.
 */
const [way = '', endpoint = '', appId = '', path = '', count = '0'] = process.argv.slice(2);
const secret = process.env.SECRET ?? '';
const rss = () => process.memoryUsage.rss() / 2 ** 20;

type Measured = { rows: number; planMs: number; ms: number; aboveRestMiB: number | null };

const imported = async (): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
  const core = createNodeCore({ dataDir: folder });
  const { id } = await core.profiles.add(
    { kind: 'oss', name: 'Bench', endpoint, appId, access: 'read-write' },
    secret,
    'memory',
  );
  await core.pages.page({ query: { profile: id, resource: 'users', filters: {} }, index: 0 }, {});
  const { pages, sessionOf, changes, settings } = core;
  const planning = performance.now();
  const { about } = await planImport(
    { pages, sessionOf, changes, settings },
    { profile: id, path, kind: 'users', match: 'primaryEmail' },
  );
  const planMs = performance.now() - planning;
  await changes.unlock(id);
  const asked = await changes.applying(about.id, { door: 'terminal' });
  gc?.();
  const restMiB = rss();
  let mostMiB = restMiB;
  const watch = setInterval(() => {
    mostMiB = Math.max(mostMiB, rss());
  }, 50);
  const started = performance.now();
  const { result, error } = await core.jobs.ended((await core.startJob('changes', asked)).id);
  const ms = performance.now() - started;
  clearInterval(watch);
  if (error) throw new Error(error.code);
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
  return { rows: result?.outcomes.done ?? 0, planMs, ms, aboveRestMiB: mostMiB - restMiB };
};

/**
 * The same requests by hand, so many at a time: what server and network allow. `isReading`: also the look before each, by
 * which a change that somebody else made is seen.
 */
const loop = async (atOnce: number, isReading: boolean): Promise<Measured> => {
  const dispatcher = new Agent({ connections: atOnce });
  const answer = await fetch(`${endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${appId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: 'https://default.logto.app/api',
      scope: 'all',
    }),
    dispatcher,
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const started = performance.now();
  let next = 0;
  let rows = 0;
  const walk = async () => {
    for (let n = next++; n < Number(count); n = next++) {
      const primaryEmail = `bare${n}@import.test`;
      if (isReading) {
        const query = new URLSearchParams({
          'search.primaryEmail': primaryEmail,
          'mode.primaryEmail': 'exact',
          page: '1',
          page_size: '100',
        });
        await (await fetch(`${endpoint}/api/users?${query}`, { headers, dispatcher })).json();
      }
      const body = JSON.stringify({ primaryEmail, name: `Person ${n}`, customData: { plan: 'pro' } });
      const made = await fetch(`${endpoint}/api/users`, { method: 'POST', headers, body, dispatcher });
      await made.json();
      if (made.ok) rows += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, walk));
  return { rows, planMs: 0, ms: performance.now() - started, aboveRestMiB: null };
};

const measured =
  way === 'import' ? await imported() : await loop(way === 'script' ? 1 : changesAtOnce, way === 'reading');
console.log(JSON.stringify({ ...measured, peakMiB: process.resourceUsage().maxRSS / 1024 }));
process.exit();
