import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { copyAs } from '../shared/copy-as.ts';
import type { Profile } from '../shared/profile.ts';
import type { Query } from '../shared/query.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { listPage } from './rows/listing.ts';

const run = promisify(execFile);

let server: Simulator;
let held: TestCore;
let profile: Profile;
const now = 1_795_000_000_000;

beforeAll(async () => {
  server = await startSimulator({ users: 300, logs: 200, tied: [0, 0] });
  held = testCore();
  profile = await addSimulator(held.core, server);
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const views = (): Omit<Query, 'profile'>[] => [
  { resource: 'users', filters: { search: ['email:~"hanbit","it\'s" and name:^"K" case-sensitive'] } },
  { resource: 'users', filters: { keyword: ['100%_x\'"\\'] } },
  { resource: 'applications', filters: { type: ['SPA', 'Native'] } },
  { resource: 'connectors', filters: {} },
  { resource: 'user-roles', parent: server.tenant.users[0]?.id ?? '', filters: {} },
  {
    resource: 'organization-user-roles',
    parent: `${server.tenant.organizations[0]?.id}/${server.tenant.users[0]?.id}`,
    filters: {},
  },
];

/** Puts what a reader would put in the place of the placeholders. */
const filledIn = async (code: string) => {
  const token = await (await held.core.sessionOf(profile.id)).tokens.get();
  return code.replace('<access token>', token).replace('<app secret>', server.tokens.apps[0]?.secret ?? '');
};

const idsOf = (rows: unknown) => (rows as { id: string }[]).map(({ id }) => id);

/** Runs the code as somebody would who pasted it, in this project's folder, where @logto/api is. */
const byNode = async (code: string) => {
  const folder = mkdtempSync(join(import.meta.dirname, '..', '..', 'node_modules', '.copy-as-'));
  const file = join(folder, 'pasted.mjs');
  writeFileSync(file, `${code}\nconsole.log(JSON.stringify(rows));\n`);
  try {
    const { stdout } = await run(process.execPath, [file], { maxBuffer: 1e8 });
    return idsOf(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('each form, pasted and run, finds the rows of the view, and has neither token nor secret in it', async () => {
  for (const view of views()) {
    const query = { ...view, profile: profile.id };
    const shown = await listPage(await held.core.sessionOf(profile.id), { query, index: 0 }, () => now);
    const ids = idsOf(shown.rows);
    const [curl, fetched, sdk] = (['curl', 'fetch', 'sdk'] as const).map((form) =>
      copyAs(form, profile, query, { now }),
    );
    for (const code of [curl, fetched, sdk]) expect(code).not.toContain(server.tokens.apps[0]?.secret);
    const { stdout } = await run('sh', ['-c', `${await filledIn(curl ?? '')} --silent`], { maxBuffer: 1e8 });
    expect(idsOf(JSON.parse(stdout)), `curl ${view.resource}`).toEqual(ids);
    expect(await byNode(await filledIn(fetched ?? '')), `fetch ${view.resource}`).toEqual(ids);
    expect(await byNode(await filledIn(sdk ?? '')), `sdk ${view.resource}`).toEqual(ids);
  }
}, 120_000);

test.each([
  ['inclusive', ['start_time=1795000000000', 'end_time=1795000100000']],
  ['exclusive', ['start_time=1794999999999', 'end_time=1795000100001']],
  ['ignored', []],
] as const)('bounds of time are those that the server takes: %s', (bounds, expected) => {
  const query = {
    profile: profile.id,
    resource: 'logs',
    filters: { time: ['1795000000000', '1795000100000'] },
  };
  const code = copyAs('curl', profile, query, { now, bounds });
  expect(code.match(/(?:start|end)_time=\d+/g) ?? []).toEqual(expected);
});
