import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sized } from '../../doors/full.ts';
import { openSettings } from '../../doors/settings-file.ts';
import { Settings } from '../settings/settings.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'logto-desk-settings-'));
const writer = join(import.meta.dirname, 'settings-writer.ts');

const profile = (id: string) => ({
  id,
  kind: 'oss',
  name: id,
  label: '',
  color: 'blue',
  access: 'read-only',
  appId: 'a',
  endpoint: 'http://localhost:1',
  resource: 'r',
});

test.each([
  ['empty', ''],
  ['truncated', '{"profiles": [{"id": "pr'],
  ['binary', '\u0000\u0001\u0002'],
  ['no settings at all', '[1, 2]'],
  ['null', 'null'],
])('a file that is %s is kept aside and said so', (_name, content) => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'settings.json'), content);
  const { settings, settingsNotice } = openSettings(dataDir);
  expect(settingsNotice?.code).toBe('settings.damaged');
  expect(readFileSync(settingsNotice?.detail.where ?? '', 'utf8')).toBe(content);
  new Settings(settings).changePreferences({ theme: 'dark' });
  expect(new Settings(openSettings(dataDir).settings).preferences.theme).toBe('dark');
});

test('a file of a newer version is read and not touched', () => {
  const dataDir = folder();
  const content = JSON.stringify({
    version: 99,
    profiles: [profile('known'), { id: 'of a new kind' }],
    more: 1,
  });
  writeFileSync(join(dataDir, 'settings.json'), content);
  const { settings, settingsNotice } = openSettings(dataDir);
  expect(settingsNotice).toMatchObject({ code: 'settings.newer', detail: { reason: 'version 99' } });
  const read = new Settings(settings);
  expect(read.profiles.map(({ id }) => id)).toEqual(['known']);
  expect(() => read.changePreferences({ theme: 'dark' })).toThrow(
    expect.objectContaining({ code: 'settings.newer' }),
  );
  expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(content);
});

test('an entry that cannot be read stays in the file when others change', () => {
  const dataDir = folder();
  writeFileSync(
    join(dataDir, 'settings.json'),
    JSON.stringify({ profiles: [{ id: 'odd', since: 'later' }, profile('a')] }),
  );
  new Settings(openSettings(dataDir).settings).changeProfiles(() => []);
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).profiles).toEqual([
    { id: 'odd', since: 'later' },
  ]);
});

test.skipIf(process.getuid?.() !== 0)('a file that someone else owns is named, and left alone', async () => {
  const dataDir = folder();
  const path = join(dataDir, 'settings.json');
  writeFileSync(path, JSON.stringify({ profiles: [profile('a')] }), { mode: 0o600 });
  chownSync(path, 0, 0);
  chmodSync(dataDir, 0o755);
  const nobody = 65_534;
  chownSync(dataDir, nobody, nobody);
  const child = spawn(process.execPath, [writer, dataDir, 'x', '1', String(nobody)], {
    env: { HOME: '/tmp', PATH: process.env.PATH },
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  await once(child, 'exit');
  expect(said).toContain('settings.unreadable EACCES');
});

test('two programs that write at once lose nothing of each other', async () => {
  const dataDir = folder();
  const each = 40;
  const ended = ['left', 'right', 'third'].map(async (name) => {
    const [code] = await once(spawn(process.execPath, [writer, dataDir, name, String(each)]), 'exit');
    return code;
  });
  expect(await Promise.all(ended)).toEqual([0, 0, 0]);
  const ids = new Settings(openSettings(dataDir).settings).profiles.map(({ id }) => id);
  expect(new Set(ids).size).toBe(3 * each);
}, 60_000);

const kills = sized(200, 3);

test(`killed at ${kills} random moments, profiles, tabs, views and choices are whole every time`, async () => {
  const dataDir = folder();
  for (let round = 0; round < kills; round += 1) {
    const child = spawn(process.execPath, [writer, dataDir, `r${round}`, '100000'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    child.kill('SIGKILL');
    await once(child, 'close');
    // What was said to be stored is stored; the last line may be cut.
    const stored = said.split('\n').slice(0, -1);
    const { settings, settingsNotice } = openSettings(dataDir);
    expect(settingsNotice).toBeNull();
    const kept = new Settings(settings);
    expect(kept.profiles.map(({ id }) => id)).toEqual(expect.arrayContaining(stored));
    const [tab] = kept.workspace.tabs;
    expect(Number(tab?.id.split('-')[1])).toBeGreaterThanOrEqual(stored.length - 1);
    expect(tab?.url).toBe(`/${tab?.id}/users`);
    expect(kept.preferences.theme).toBe('dark');
    expect(kept.views.map(({ name }) => name)).toContain(stored.at(-1));
    kept.changeProfiles(() => []);
  }
  expect(readdirSync(dataDir).sort()).toEqual(['settings.json', 'settings.lock']);
}, 240_000);
