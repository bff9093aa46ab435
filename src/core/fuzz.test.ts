import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sized } from '../doors/full.ts';
import { addSimulator, memoryKeychain, type TestCore, testCore } from '../doors/testing.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { Downloads } from '../web/downloads.ts';
import { type Door, router } from './router.ts';

/** Inputs tried for each procedure of the contract. */
const inputsEach = sized(10_000, 300);
/** Of those that start a worker for each input: a tenth of them takes a minute. */
const inputsBySlow: Readonly<Record<string, number>> = { 'snapshots.open': sized(1_000, 300) };
const inputsFrom = (path: string) => inputsBySlow[path] ?? inputsEach;

const query = { profile: 'fuzzed', resource: 'users', filters: { keyword: ['kim'] } };
const input = {
  kind: 'oss',
  name: 'Entered',
  endpoint: 'http://127.0.0.1:9',
  appId: 'a',
  label: 'x',
  color: 'red',
};

/** One input for each procedure that it takes as it is; the fuzz bends these. A procedure without one fails the test. */
const taken: Record<string, unknown> = {
  'app.info': undefined,
  'app.start': undefined,
  'app.links': undefined,
  'app.copy': { text: 'x', sensitive: false },
  'app.requests': undefined,
  'lock.close': undefined,
  'lock.open': undefined,
  'lock.watch': undefined,
  'profiles.capabilities': { profile: 'fuzzed' },
  'profiles.list': undefined,
  'profiles.demo': undefined,
  'profiles.allowDemo': { access: 'read-only' },
  'profiles.preview': input,
  'profiles.add': { input, secret: 'entered secret', secretPlace: 'memory' },
  'profiles.update': { id: 'none', input, secret: 'entered secret', secretPlace: 'memory' },
  'profiles.remove': { id: 'none' },
  'profiles.prepareTest': { input, secret: 'entered secret' },
  'profiles.test': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'list.page': { query, index: 0, until: 1, priority: 'visible', mirrored: true },
  'list.count': { query, until: 1 },
  'list.named': { query },
  'list.ids': { query },
  'list.joined': { query, ids: ['a', 'b'] },
  'list.scan.start': { query, until: 1, mirrored: true, counts: { column: 'name', bucket: null } },
  'list.scan.look': { id: '7b0f4a5e-7d0e-4e57-8f0a-0d4f8b1f2c11', from: 0 },
  'list.scan.stop': { id: '7b0f4a5e-7d0e-4e57-8f0a-0d4f8b1f2c11' },
  'list.newer': { query, until: 1 },
  'list.access': { profile: 'fuzzed', list: 'users', id: 'a' },
  'list.names': { profile: 'fuzzed', resource: 'users', ids: ['a', 'b'] },
  'list.image': { profile: 'fuzzed', address: 'https://pictures.example/a.png' },
  'list.carriers': { profile: 'fuzzed' },
  'list.find': { profile: 'fuzzed', text: 'kim@corp.test\n010-1183-4274', mirrored: true },
  'list.lookUp': { profile: 'fuzzed', text: 'kim' },
  'list.row': { profile: 'fuzzed', resource: 'users', id: 'nobody' },
  'exports.start': {
    query,
    format: 'csv',
    columns: 'all',
    bom: false,
    mirrored: true,
    counts: { column: 'name', bucket: 'day' },
  },
  'jobs.watch': undefined,
  'jobs.cancel': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'jobs.pause': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'jobs.dismiss': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'jobs.download': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', what: 'file' },
  'jobs.resume': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', confirm: 'Fuzzed' },
  'exports.startFolder': { profile: 'none', resources: ['roles'], views: [], format: 'csv', below: true },
  'exports.presets.list': undefined,
  'exports.presets.save': { name: 'Own', format: 'csv', columns: 'all', bom: true, joined: ['roles'] },
  'exports.presets.remove': { name: 'Own' },
  'mirror.plan': { profile: 'fuzzed' },
  'mirror.setPlan': { profile: 'fuzzed', plan: { everyHours: 0, keepLogsDays: 30 } },
  'jobs.reveal': { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'mirror.counts': { query, column: 'name', bucket: null },
  'mirror.list': { query },
  'mirror.changes': { profile: 'fuzzed', text: 'kim', kind: 'added', offset: 0, limit: 10 },
  'mirror.about': { profile: 'fuzzed' },
  'mirror.start': { profile: 'fuzzed', resources: ['roles'], logsSince: 1 },
  'mirror.remove': { profile: 'fuzzed' },
  'mirror.search': { profiles: ['fuzzed'], text: 'kim' },
  'snapshots.start': { profile: 'none', passphrase: null },
  'snapshots.choose': undefined,
  'dossiers.start': { profile: 'none', user: 'nobody', format: 'json', mirrored: false, find: true },
  'snapshots.open': { path: '/nowhere/x.logtodesk', passphrase: null },
  'changes.state': { profile: 'fuzzed' },
  'changes.unlock': { profile: 'fuzzed' },
  'changes.lock': { profile: 'fuzzed' },
  'changes.plan': {
    profile: 'fuzzed',
    operation: 'users.update',
    on: { kind: 'ids', parent: '', ids: ['nobody'] },
    values: { name: 'A', 'customData.plan': 'pro' },
    unset: ['customData.old'],
    forced: ['last-identifier'],
  },
  'changes.about': { plan: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'changes.planning': { ticket: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'changes.planned': {
    plan: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    verdict: 'change',
    text: 'a',
    offset: 0,
    limit: 10,
  },
  'changes.planFile': { plan: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'changes.openPlan': {
    profile: 'fuzzed',
    file: {
      kind: 'logto-desk-plan',
      version: 1,
      readAt: 1,
      tenant: { endpoint: 'http://127.0.0.1:9', name: 'x' },
      title: 'users.update',
      forced: [],
      source: null,
      undoes: { 1: 1 },
      planned: [],
      checksum: 'a'.repeat(64),
    },
  },
  'changes.start': { plan: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', confirm: 'Fuzzed', stopAfter: 10 },
  'changes.keepSecret': { value: 'entered' },
  'changes.stands': { profile: 'fuzzed', job: 'none' },
  'changes.journal': {
    profile: 'fuzzed',
    text: 'a',
    operation: 'users.update',
    outcome: 'done',
    job: 'x',
    resource: 'users',
    object: 'x',
    from: 1,
    to: 2,
    offset: 0,
    limit: 10,
  },
  'changes.undo': { profile: 'fuzzed', entries: [1], forced: ['in-use'] },
  'changes.findFailing': { profile: 'fuzzed', before: 1_760_000_000_000, after: null },
  'changes.lookAgain': { profile: 'fuzzed', entries: [1] },
  'changes.made': { job: 'x' },
  'home.reach': { profile: 'fuzzed' },
  'home.users': { profile: 'fuzzed' },
  'home.newUsers': { profile: 'fuzzed' },
  'home.activeUsers': { profile: 'fuzzed' },
  'home.failures': { profile: 'fuzzed' },
  'home.expiring': { profile: 'fuzzed' },
  'home.copy': { profile: 'fuzzed' },
  'home.count': { profile: 'fuzzed', list: 'logs' },
  'imports.begin': { name: 'people.csv', bytes: 12 },
  'imports.part': { file: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', offset: 0, data: 'ZW1haWwK' },
  'imports.drop': { file: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'imports.look': {
    profile: 'fuzzed',
    file: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    kind: 'users',
    sheet: 'People',
  },
  'imports.plan': {
    profile: 'fuzzed',
    file: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    kind: 'users',
    map: { Mail: 'primaryEmail' },
    match: 'primaryEmail',
    clears: false,
    keepPasswords: true,
    creates: false,
    forced: ['last-identifier'],
  },
  'imports.failed': { profile: 'fuzzed', run: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'imports.planAbout': { file: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'imports.openPlan': {
    profile: 'fuzzed',
    file: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    source: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  },
  'views.list': undefined,
  'views.save': { added: [{ name: 'Corp', url: '/users?keyword=corp' }] },
  'views.remove': { name: 'Corp' },
  'workspace.get': undefined,
  'workspace.save': {
    tabs: [{ id: 'a', url: '/demo/users' }],
    active: 'a',
    loading: ['a'],
    columns: { users: [{ id: 'name' }] },
  },
  'preferences.get': undefined,
  'preferences.save': { theme: 'dark', language: 'de', density: 'compact', lockAfterMinutes: 5 },
};

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

/** What a hostile page could send. */
const hostile = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true }),
  },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '../../../etc/passwd',
      '..\\..\\windows\\system32',
      '/etc/passwd\0.csv',
      'file:///etc/passwd',
      'http://127.0.0.1:9/../x',
      'a/b/../../c',
      '\u202Ecsv.exe',
      '\ud800',
      'x\r\nSet-Cookie: a=b',
      '{{constructor}}',
      '%2e%2e%2f',
      'CON',
      '',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      JSON.parse('{"__proto__": {"polluted": true}}'),
      JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
      JSON.parse('{"length": {"valueOf": 1, "toString": 1}}'),
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
      1e308,
      2 ** 53,
      new Error('x'),
      Symbol.iterator,
      () => 1,
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 3_000 }).map(nested) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 200_000 }).map((length) => 'a'.repeat(length)) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 5_000 }).map((length) => new Array(length).fill('a')) },
);

const pathsOf = (value: unknown, at: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))]
    : [at];

const bent = (value: unknown, [key, ...rest]: string[], part: unknown): unknown => {
  if (key === undefined) return part;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as Record<string, unknown>) };
  (copy as Record<string, unknown>)[key] = bent((value as Record<string, unknown>)[key], rest, part);
  return copy;
};

/** Anything at all, or a good input with one part of it bent. */
const inputsFor = (good: unknown) => {
  const paths = pathsOf(good);
  return fc.oneof(
    { weight: 1, arbitrary: hostile },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom(...paths), hostile).map(([path, part]) => bent(good, path, part)),
    },
  );
};

let server: Simulator;
let held: TestCore;
let door: Door;
let downloads: Downloads;
let secret = '';
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-fuzz-'));
const dataDir = join(folder, 'data');
/** Every place that an export was given. */
const chosen: string[] = [];
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  server = await startSimulator({ users: 30, logs: 5, tied: [0, 0] });
  held = testCore({ keychain: memoryKeychain() }, { dataDir });
  await addSimulator(held.core, server, 'Fuzzed');
  secret = server.tokens.apps[0]?.secret ?? '';
  downloads = new Downloads(mkdtempSync(join(tmpdir(), 'logto-desk-downloads-')));
  door = {
    kind: 'browser',
    chooseFile: async (name) => {
      const path = await downloads.pathFor(name);
      chosen.push(path);
      return path;
    },
    chooseFolder: (name) => downloads.folderFor(name),
    copy: async () => {},
  };
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await downloads.removeAll();
  await server.stop();
  process.off('unhandledRejection', note);
  rmSync(folder, { recursive: true, force: true });
});

const isIterable = (value: unknown): value is AsyncGenerator<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

type Procedures = Record<string, { _def: { type: 'query' | 'mutation' | 'subscription' } }>;
const procedures = router._def.procedures as unknown as Procedures;

/** The answer as it would leave, or the shape of the error. */
const answerTo = async (path: string, raw: unknown): Promise<{ ok: boolean; text: string; code: string }> => {
  const type = procedures[path]?._def.type ?? 'query';
  const control = new AbortController();
  const ctx = { core: held.core, door };
  try {
    const value = await callTRPCProcedure({
      router,
      path,
      type,
      ctx,
      signal: control.signal,
      batchIndex: 0,
      getRawInput: async () => raw,
    });
    if (isIterable(value)) {
      const first = await value.next();
      control.abort();
      await value.return(undefined);
      return { ok: true, text: JSON.stringify(first.value) ?? '', code: '' };
    }
    return { ok: true, text: JSON.stringify(value) ?? '', code: '' };
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    const shape = getTRPCErrorShape({ config: router._def._config, error, type, path, input: raw, ctx });
    return { ok: false, text: JSON.stringify(shape), code: shape.data.desk.code };
  }
};

/** What a good input left behind. */
const tidy = async (path: string) => {
  if (path === 'lock.close') held.core.lock.open();
  if (path === 'exports.start' || path === 'mirror.start') {
    for (const { id, state } of held.core.jobs.list()) {
      if (state === 'running') await held.core.jobs.cancel(id);
      await held.core.dismiss(id);
    }
  }
  if (path === 'profiles.add' || path === 'profiles.update')
    for (const { id } of held.core.profiles.list()) if (id !== 'fuzzed') await held.core.profiles.remove(id);
};

test('every procedure of the contract is tried', () =>
  expect(Object.keys(procedures).sort()).toEqual(Object.keys(taken).sort()));

test.each(Object.keys(taken).map((path) => [path, inputsFrom(path)] as const))(
  '%s takes %i hostile inputs',
  async (path, inputs) => {
    const before = readdirSync(folder).sort();
    const good = await answerTo(path, taken[path]);
    expect(
      [
        '',
        'profile.not_found',
        'query.invalid',
        'job.not_found',
        'scan.gone',
        'test.gone',
        'export.nothing',
        'http.not_found',
        'image.refused',
        'mirror.empty',
        'snapshot.foreign',
        'profile.read_only',
        'changes.plan_gone',
        'changes.unfound',
        'import.gone',
        'changes.plan_damaged',
        'changes.plan_empty',
      ],
      good.text,
    ).toContain(good.code);
    await tidy(path);
    await fc.assert(
      fc.asyncProperty(inputsFor(taken[path]), async (raw) => {
        const { ok, text, code } = await answerTo(path, raw);
        if (!ok) expect(code, text).not.toBe('internal');
        expect(text.includes(secret)).toBe(false);
        if (ok) await tidy(path);
      }),
      { numRuns: inputs },
    );
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(readdirSync(dirname(folder)).filter((name) => /passwd|system32|\.exe/.test(name))).toEqual([]);
    // <private folder>/<number of the export>/<file>, whatever the tenant and the list are called.
    const [home = ''] = chosen.map((file) => dirname(dirname(file)));
    for (const file of chosen) expect(relative(home, file)).toMatch(/^\d+[/\\][^/\\]+$/);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(unhandled).toEqual([]);
    expect(held.core.profiles.list().map(({ id }) => id)).toEqual(['fuzzed']);
  },
  300_000,
);

test('after all of it, nothing but GET and the token request went to the read-only tenant', () => {
  const sent = new Set(
    server.seen.map(({ method, path }) => (method === 'GET' ? 'GET' : `${method} ${path}`)),
  );
  expect([...sent].sort()).toEqual(['GET', 'POST /oidc/token']);
});
