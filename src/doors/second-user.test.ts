import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { exportSchema } from '../core/export/request.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { openingPage } from '../web/browser.ts';
import { type BrowserDoor, startBrowserDoor } from '../web/server.ts';
import { addSimulator, keptLog, type TestCore, testCore } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Nobody, of most systems: another user of this machine. */
const another = 65_534;

/** A Node that the other user may run, too: this one may be in a folder of the victim's. */
let node = process.execPath;

/** What the other user's own program did: the error's code where the system or the desk said no. */
const asAnother = (program: string, ...args: string[]): string => {
  const { stdout, stderr } = spawnSync(node, ['-e', program, ...args], {
    uid: another,
    gid: another,
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
    encoding: 'utf8',
  });
  return (stdout || stderr).trim();
};

/** Tries a call of `fs` for each path; what came of it, by path. */
const tried = (call: string, paths: readonly string[]): string[] =>
  JSON.parse(
    asAnother(
      `const fs = require('fs'); const [call, ...paths] = process.argv.slice(1);
       console.log(JSON.stringify(paths.map((path) => {
         try { const [name, ...more] = JSON.parse(call); fs[name](path, ...more); return 'done'; }
         catch (error) { return error.code; }
       })))`,
      call,
      ...paths,
    ),
  );

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map((one) => join(one.parentPath, one.name));

describe.skipIf(process.getuid?.() !== 0)('another user of this machine', () => {
  let server: Simulator;
  let held: TestCore;
  let door: BrowserDoor;
  let place: string;
  let dataDir: string;
  /** As `/tmp` is: everybody may write, and removes only what is his. */
  let shared: string;
  let profile: string;

  beforeAll(async () => {
    server = await startSimulator({ users: 30, logs: 10, tied: [0, 0] });
    place = mkdtempSync(join(tmpdir(), 'logto-desk-users-'));
    chmodSync(place, 0o755);
    node = join(place, 'node');
    copyFileSync(process.execPath, node);
    dataDir = join(place, 'desk');
    held = testCore({}, { dataDir });
    profile = (await addSimulator(held.core, server)).id;
    await held.core.jobs.ended((await held.core.startJob('copy', { profile, resources: ['users'] })).id);
    mkdirSync(join(dataDir, 'browser'), { mode: 0o700 });
    const assets = mkdtempSync(join(tmpdir(), 'logto-desk-page-'));
    writeFileSync(join(assets, 'index.html'), '<!doctype html><title>page</title>');
    door = await startBrowserDoor(held.core, { assets, downloads: join(dataDir, 'downloads') });
    openingPage(join(dataDir, 'browser'), door.address);
  });
  afterAll(async () => {
    await door.stop();
    await held[Symbol.asyncDispose]();
    await server.stop();
    rmSync(place, { recursive: true, force: true });
  });
  beforeEach(() => {
    shared = mkdtempSync(join(place, 'shared-'));
    chmodSync(shared, 0o1777);
  });
  afterEach(() => rmSync(shared, { recursive: true, force: true }));

  /** An export to its end, whatever that is. */
  const exported = async (resource: string, format: string, path: string): Promise<void> => {
    const asked = exportSchema.parse({ query: { profile, resource, filters: {} }, format });
    const job = await held.core.startJob('export', asked, { path }).catch(() => null);
    if (job) await held.core.jobs.ended(job.id);
  };

  test('is what these programs are', () => {
    expect(asAnother('console.log(process.getuid(), process.getgid())')).toBe(`${another} ${another}`);
    expect(tried('["readFileSync"]', ['/etc/hostname', '/etc/shadow'])).toEqual(['done', 'EACCES']);
  });

  test('reads, lists, changes and removes nothing of the data folder: settings, lock, copies, log, address of the door', () => {
    const paths = filesBelow(dataDir);
    for (const name of ['settings.json', 'settings.lock', 'mirror', 'open.html'])
      expect(
        paths.some((path) => path.includes(name)),
        name,
      ).toBe(true);
    for (const call of [
      '["readFileSync"]',
      '["readdirSync"]',
      '["appendFileSync","x"]',
      '["unlinkSync"]',
      '["chmodSync",511]',
    ])
      expect(tried(call, [dataDir, ...paths]), call).not.toContain('done');
    expect(new Set(tried('["statSync"]', paths))).toEqual(new Set(['EACCES']));
    // Each file is closed by itself, too, were the folder opened one day.
    for (const path of paths) expect(lstatSync(path).mode & 0o077, path).toBe(0);
  });

  test('reads no export, snapshot, part or journal in a folder that both write to', async () => {
    await exported('users', 'csv', join(shared, 'users.csv'));
    const snapshot = join(shared, 'prod.ldsnap');
    await held.core.jobs.ended(
      (await held.core.startJob('snapshot', { profile, passphrase: null }, { path: snapshot })).id,
    );
    // One that breaks off leaves a part and its journal.
    server.faults.add({ kind: 'status', status: 403 }, { on: '/api/roles', times: 99 });
    await exported('roles', 'ndjson', join(shared, 'roles.ndjson'));
    server.faults.clear();
    const paths = filesBelow(shared);
    expect(paths.length).toBeGreaterThanOrEqual(2);
    for (const call of ['["readFileSync"]', '["appendFileSync","x"]'])
      expect(new Set(tried(call, paths))).toEqual(new Set(['EACCES']));
    expect(new Set(tried('["unlinkSync"]', paths))).toEqual(new Set(['EPERM']));
  });

  test('learns nothing from the process: no secret in its command line, its environment closed, and it takes no signal', () => {
    const pid = String(process.pid);
    expect(tried('["readFileSync"]', [`/proc/${pid}/environ`, `/proc/${pid}/mem`])).toEqual([
      'EACCES',
      'EACCES',
    ]);
    const line = asAnother(
      'console.log(require("fs").readFileSync("/proc/" + process.argv[1] + "/cmdline", "latin1"))',
      pid,
    );
    for (const secret of [server.tokens.apps[0]?.secret ?? '?', new URL(door.address).search])
      expect(line).not.toContain(secret);
    const signalled =
      'try { process.kill(+process.argv[1], process.argv[2]); console.log("done") } catch (e) { console.log(e.code) }';
    for (const signal of ['SIGTERM', 'SIGUSR1', 'SIGSTOP'])
      expect(asAnother(signalled, pid, signal)).toBe('EPERM');
  });

  test('gets nothing from the browser door without its name, token, cookie and page key', async () => {
    const ask = `const http = require('http');
      const [port, ...asked] = process.argv.slice(1);
      for (const one of asked) {
        const [host, path] = JSON.parse(one);
        http.get({ host: '127.0.0.1', port, path, headers: { host }, agent: false }, (answer) => {
          console.log(answer.statusCode);
          answer.resume();
        });
      }`;
    const { host } = new URL(door.address);
    const port = String(door.port);
    const asked = [`127.0.0.1:${port}`, `localhost:${port}`, 'evil.example', host].flatMap((name) =>
      ['/', '/?token=guess', '/trpc/profiles.list', '/download/x', '/index.html'].map((path) =>
        JSON.stringify([name, path]),
      ),
    );
    // The door answers in this process: it must not be held up.
    const { stdout } = await promisify(execFile)(node, ['-e', ask, port, ...asked], {
      uid: another,
      gid: another,
      cwd: '/',
      env: {},
    });
    expect(stdout.trim().split('\n')).toHaveLength(asked.length);
    expect(stdout).toMatch(/^((401|403|404|421)\n)+$/);
  });

  test.each([
    [
      'a link to a file of the victim',
      (target: string, victim: string) => `fs.symlinkSync('${victim}', '${target}')`,
    ],
    [
      'a file of his that is open to all',
      (target: string) => `fs.writeFileSync('${target}', 'theirs', { mode: 0o666 })`,
    ],
    ['a pipe', (target: string) => `require('child_process').execFileSync('mkfifo', ['${target}'])`],
    ['a folder', (target: string) => `fs.mkdirSync('${target}', { mode: 0o777 })`],
  ])('plants %s where exports and a snapshot are to go: nothing is written through it', async (_, plant) => {
    const victim = join(place, 'victim');
    writeFileSync(victim, 'precious', { mode: 0o600 });
    const targets = ['users.csv', 'users.xlsx', 'prod.ldsnap'].map((name) => join(shared, name));
    for (const target of targets)
      expect(asAnother(`const fs = require('fs'); ${plant(target, victim)}`)).toBe('');
    const [csv = '', xlsx = '', snapshot = ''] = targets;
    await exported('users', 'csv', csv);
    await exported('users', 'xlsx', xlsx);
    await held.core.jobs.ended(
      (await held.core.startJob('snapshot', { profile, passphrase: null }, { path: snapshot })).id,
    );
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    for (const target of targets) {
      const { mode, uid } = lstatSync(target);
      // Either it is ours alone now, or it was refused and his is there as it was: never ours in his hands.
      if (uid === 0) expect(lstatSync(target).isFile() && mode & 0o777, target).toBe(0o600);
      else
        expect(
          filesBelow(shared).every(
            (path) => lstatSync(path).uid !== 0 || (lstatSync(path).mode & 0o077) === 0,
          ),
        ).toBe(true);
      expect(tried('["readFileSync"]', uid === 0 ? [target] : [])).toEqual(uid === 0 ? ['EACCES'] : []);
    }
  });

  test('gives a hard link of a file of his own, or of the victim, the name of a target: both stay as they were', async () => {
    const victim = join(shared, 'victim');
    writeFileSync(victim, 'precious', { mode: 0o644 });
    const target = join(shared, 'users.csv');
    // The system itself refuses this to him where `fs.protected_hardlinks` is on; then the victim's own hand does it.
    const linked = asAnother(
      "const fs = require('fs'); try { fs.linkSync(...process.argv.slice(1)); console.log('done') } catch (e) { console.log(e.code) }",
      victim,
      target,
    );
    expect(linked).toMatch(/done|EPERM/);
    if (!existsSync(target)) execFileSync('ln', [victim, target]);
    await exported('users', 'csv', target);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(statSync(target)).toMatchObject({ nlink: 1, uid: 0 });
  });

  test('makes the data folder first, opens it to himself, or leaves something in it: it is refused', async () => {
    const open = (folder: string) => () => testCore({ log: keptLog() }, { dataDir: folder });
    const refused = expect.objectContaining({ code: 'settings.unreadable' });
    const made = join(shared, 'made');
    asAnother("require('fs').mkdirSync(process.argv[1], { mode: 0o777 })", made);
    expect(open(made)).toThrow(refused);
    expect(readdirSync(made)).toEqual([]);
    // The folder that all share.
    expect(open(shared)).toThrow(refused);
    // A folder of ours that stood open is closed, and opens only where nothing of his is in it.
    for (const [name, plant] of [
      ['settings.json', "fs.writeFileSync(path, '{}')"],
      ['logs', "fs.symlinkSync('/etc', path)"],
      ['mirror', 'fs.mkdirSync(path)'],
    ] as const) {
      const loose = join(shared, `loose-${name}`);
      mkdirSync(loose);
      chmodSync(loose, 0o777);
      expect(
        asAnother(`const fs = require('fs'); const path = process.argv[1]; ${plant}`, join(loose, name)),
      ).toBe('');
      expect(open(loose)).toThrow(refused);
    }
    const ours = join(shared, 'ours');
    mkdirSync(ours);
    chmodSync(ours, 0o777);
    await using again = open(ours)();
    expect(again.core.profiles.list()).toEqual([]);
    expect(statSync(ours).mode & 0o777).toBe(0o755);
    chownSync(ours, another, another);
    expect(open(ours)).toThrow(refused);
    chownSync(ours, 0, 0);
  });
});
