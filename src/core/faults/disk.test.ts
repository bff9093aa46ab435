import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSettings } from '../../doors/settings-file.ts';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { profileOf } from '../../shared/profile.ts';
import { startSimulator } from '../../simulator/server.ts';
import { PartialFile } from '../export/partial-file.ts';
import { Settings } from '../settings/settings.ts';

const mounted = mkdtempSync(join(tmpdir(), 'logto-desk-disk-'));
const mount = () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', mounted], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const isDisk = mount();
afterAll(() => {
  if (isDisk) execFileSync('umount', [mounted]);
  rmSync(mounted, { recursive: true, force: true });
});

/** Fills what is left of the disk; true when there was something. */
const fill = (): boolean => {
  const file = openSync(join(mounted, 'filler'), 'a');
  try {
    const { bavail, bsize } = statfsSync(mounted);
    if (bavail === 0) return false;
    writeSync(file, Buffer.alloc(bavail * bsize));
    return true;
  } catch {
    return true;
  } finally {
    closeSync(file);
  }
};
const free = () => rmSync(join(mounted, 'filler'), { force: true });

/** Files of the disk that this process has open. */
const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(`${mounted}/`) ? [path] : [];
    } catch {
      return [];
    }
  });

describe.skipIf(!isDisk)('a full disk', () => {
  beforeAll(free);

  test('has nothing left, open or there, of a file that could not be begun', async () => {
    fill();
    const begun = PartialFile.open({ path: join(mounted, 'out.csv'), asked: 'all', resume: false, now: 1 });
    await expect(begun).rejects.toMatchObject({ code: 'export.disk_full' });
    expect(openFiles()).toEqual([]);
    expect(readdirSync(mounted)).toEqual(['filler']);
  });

  test('stops an export with the reason, and leaves nothing half-written', async () => {
    free();
    await using server = await startSimulator({ users: 5_000, logs: 10, tied: [0, 0] });
    await using held = testCore();
    const profile = (await addSimulator(held.core, server)).id;
    const started = await held.core.startJob(
      'export',
      { query: { profile, resource: 'users', filters: {} }, format: 'ndjson', columns: 'all', bom: false },
      { path: join(mounted, 'users.ndjson') },
    );
    expect(await held.core.jobs.ended(started.id)).toMatchObject({
      state: 'failed',
      error: { code: 'export.disk_full' },
    });
    expect(readdirSync(mounted)).toEqual([]);
  });

  test('stops a mirror and a snapshot with the reason; what was there stays whole', async () => {
    free();
    await using server = await startSimulator({ users: 1_500, logs: 10, tied: [0, 0] });
    await using held = testCore({}, { dataDir: join(mounted, 'mirrored') });
    const profile = (await addSimulator(held.core, server)).id;
    const copy = async (resources: string[]) =>
      held.core.jobs.ended((await held.core.startJob('copy', { profile, resources, below: false })).id);
    expect(await copy(['roles'])).toMatchObject({ state: 'done' });
    expect(await copy(['users'])).toMatchObject({ state: 'failed', error: { code: 'mirror.failed' } });
    const query = { profile, resource: 'roles', filters: {} };
    expect((await held.core.pages.fromMirror({ query, index: 0 })).total).toBe(server.tenant.roles.length);
    while (fill());
    const to = join(mounted, 'roles.logtodesk');
    const { id } = await held.core.startJob('snapshot', { profile, passphrase: null }, { path: to });
    expect(await held.core.jobs.ended(id)).toMatchObject({
      state: 'failed',
      error: { code: 'export.disk_full' },
    });
    expect(readdirSync(mounted).filter((name) => name.includes('logtodesk'))).toEqual([]);
    free();
    rmSync(join(mounted, 'mirrored'), { recursive: true, force: true });
  });

  test('that is only read, and a folder that vanishes, stop an export with the reason', async () => {
    free();
    await using server = await startSimulator({ users: 1_500, logs: 10, tied: [0, 0] });
    await using held = testCore();
    const profile = (await addSimulator(held.core, server)).id;
    const asked = {
      query: { profile, resource: 'users', filters: {}, columns: ['id'] },
      format: 'csv' as const,
      columns: 'visible' as const,
      bom: false,
    };
    execFileSync('mount', ['-o', 'remount,ro', mounted]);
    try {
      await expect(
        held.core.startJob('export', asked, { path: join(mounted, 'x.csv') }),
      ).rejects.toMatchObject({
        code: 'export.not_writable',
        detail: { reason: 'EROFS' },
      });
    } finally {
      execFileSync('mount', ['-o', 'remount,rw', mounted]);
    }
    const drive = join(mounted, 'drive');
    mkdirSync(drive);
    server.faults.add({ kind: 'latency', ms: 400 }, { on: ({ query }) => query.get('page') === '9' });
    const { id } = await held.core.startJob('export', asked, { path: join(drive, 'x.csv') });
    await expect.poll(() => held.core.jobs.find(id)?.rows).toBeGreaterThan(100);
    rmSync(drive, { recursive: true });
    expect(await held.core.jobs.ended(id)).toMatchObject({
      state: 'failed',
      error: { code: 'export.not_writable' },
    });
    expect(readdirSync(mounted)).not.toContain('drive');
  });

  test('refuses a change of the settings, and what was there stays whole', () => {
    free();
    const dataDir = join(mounted, 'data');
    const settings = new Settings(openSettings(dataDir).settings);
    settings.changePreferences({ theme: 'dark' });
    const before = readFileSync(join(dataDir, 'settings.json'), 'utf8');
    while (fill());
    const workspace = {
      tabs: [{ id: 'a', url: `/demo/users?keyword=${'x'.repeat(9_000)}` }],
      active: null,
      loading: [],
      columns: {},
    };
    expect(() => {
      settings.workspace = workspace;
    }).toThrow(expect.objectContaining({ code: 'settings.not_writable' }));
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(before);
    expect(settings.preferences.theme).toBe('dark');
    free();
    settings.workspace = workspace;
    expect(settings.workspace.tabs).toHaveLength(1);
  });

  test('keeps a profile out that could not be stored, and its secret with it', async () => {
    free();
    await using held = testCore({}, { dataDir: join(mounted, 'profiles') });
    await held.core.profiles.add(
      { kind: 'oss', name: 'First', endpoint: 'http://127.0.0.1:9', appId: 'a' },
      's1',
      'keychain',
    );
    while (fill());
    const long = {
      kind: 'oss' as const,
      name: 'Second',
      endpoint: `http://127.0.0.1:9/${'x'.repeat(2_000)}`,
      appId: 'a'.repeat(128),
    };
    const added = held.core.profiles.add(long, 's2', 'keychain');
    await expect(added).rejects.toMatchObject({ code: 'settings.not_writable' });
    expect(held.core.profiles.list().map(({ name }) => name)).toEqual(['First']);
    await expect(held.core.secrets.get(profileOf(long, 'second'))).rejects.toMatchObject({
      code: 'secret.missing',
    });
    free();
  });

  test('stops no view, although the log cannot be written', async () => {
    free();
    const { fileLog } = await import('../../doors/file-log.ts');
    const log = fileLog(join(mounted, 'logs'));
    while (fill());
    expect(() => log.error('x'.repeat(100_000))).not.toThrow();
    free();
  });
});
