import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../core/core.ts';
import { demoProfileId } from '../shared/profile.ts';
import { startDemo } from './demo.ts';
import { demoMoment } from './demo-moment.ts';
import { testCore } from './testing.ts';

const [minute, hour] = [60_000, 3_600_000];
const now = Date.parse('2026-11-30T05:53:11Z');

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-demo-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the moment of the demo', () => {
  const at = Date.parse('2026-11-30T05:53:00Z');

  test('is the one that another program of the folder chose, for half a day', () => {
    expect(demoMoment(dataDir, now, {})).toEqual({ at, isNew: true });
    for (const later of [18 * minute, 11 * hour])
      expect(demoMoment(dataDir, now + later, {})).toEqual({ at, isNew: false });
    expect(demoMoment(dataDir, now + 12 * hour, {})).toEqual({ at: at + 12 * hour, isNew: true });
    expect(demoMoment(dataDir, now + 13 * hour, {})).toEqual({ at: at + 12 * hour, isNew: false });
  });

  test('stays, however old it is, while another program runs the demo as it was', async () => {
    demoMoment(dataDir, now, {});
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    await once(other, 'spawn');
    const users = [{ pid: other.pid, since: Date.now() }];
    writeFileSync(join(dataDir, 'demo.json'), JSON.stringify({ at, users }));
    expect(demoMoment(dataDir, now + 30 * hour, {})).toEqual({ at, isNew: false });
    other.kill();
    await once(other, 'exit');
    expect(demoMoment(dataDir, now + 30 * hour, {})).toEqual({ at: at + 30 * hour, isNew: true });
  });

  test('is chosen anew where it is to come, or cannot be read', () => {
    demoMoment(dataDir, now + hour, {});
    expect(demoMoment(dataDir, now, {})).toEqual({ at, isNew: true });
    for (const text of ['', '{"at":"x"}', 'null', '{"at":1.5}']) {
      writeFileSync(join(dataDir, 'demo.json'), text);
      expect(demoMoment(dataDir, now, {})).toEqual({ at, isNew: true });
    }
  });

  test('is the one that tests hold, whatever was kept', () => {
    demoMoment(dataDir, now, {});
    const held = { LOGTO_DESK_DEMO_AT: '2026-11-20T09:00:00Z' };
    const moment = Date.parse(held.LOGTO_DESK_DEMO_AT);
    expect(demoMoment(dataDir, now, held)).toEqual({ at: moment, isNew: true });
    expect(demoMoment(dataDir, now, held)).toEqual({ at: moment, isNew: false });
  });

  test('needs no folder that can be written', () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    expect(demoMoment(join(file, 'in'), now, {})).toEqual({ at, isNew: false });
  });
});

describe('programs of one folder, each with a demo of its own', () => {
  /** What a program does that starts at a moment. */
  const during = async <T>(moment: number, work: (core: Core) => Promise<T>): Promise<T> => {
    const begun = demoMoment(dataDir, moment, {});
    await using held = testCore({ startDemo: () => startDemo(dataDir, begun) }, { dataDir });
    return await work(held.core);
  };
  const copySome = async (core: Core) => {
    const { id } = await core.startJob('copy', {
      profile: demoProfileId,
      resources: ['roles', 'organizations'],
      below: false,
    });
    const { state, error } = await core.jobs.ended(id);
    expect({ state, error }).toEqual({ state: 'done', error: null });
  };
  const read = (core: Core, resource: string) =>
    core.pages.page({ query: { profile: demoProfileId, resource, filters: {} }, index: 0 }, {});
  const kept = async ({ mirrors, profileFor }: Core) => {
    const profile = await profileFor(demoProfileId);
    const { lists } = await mirrors.about(profile);
    const { total } = await mirrors.seenChanges(profile, { offset: 0, limit: 10 });
    return { lists: lists.map(({ resource }) => resource).sort(), changes: total };
  };

  test('read the same rows: what the other copied is not said to have changed', async () => {
    await during(now, copySome);
    const found = await during(now + 18 * minute, async (core) => {
      const { rows } = await read(core, 'organizations');
      expect(rows.length).toBeGreaterThan(10);
      // Rows are kept behind their page's back.
      await core.mirrors.about(await core.profileFor(demoProfileId));
      return kept(core);
    });
    expect(found).toEqual({ lists: ['organizations', 'roles'], changes: 0 });
  });

  test('that begin a day later begin without the copy: its rows were another demo’s', async () => {
    await during(now, copySome);
    const found = await during(now + 24 * hour, async (core) => {
      await read(core, 'organizations');
      await copySome(core);
      return kept(core);
    });
    expect(found).toEqual({ lists: ['organizations', 'roles'], changes: 0 });
  });

  test('that still run when another began anew keep nothing in its copy', async () => {
    await during(now, async (old) => {
      await copySome(old);
      await during(now + 24 * hour, copySome);
      await read(old, 'organizations');
      await expect(kept(old)).rejects.toMatchObject({ code: 'mirror.foreign' });
    });
    expect(await during(now + 25 * hour, kept)).toEqual({ lists: ['organizations', 'roles'], changes: 0 });
  });
});
