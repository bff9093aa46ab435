import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../doors/settings-file.ts';
import { testCore } from '../../doors/testing.ts';
import { Settings } from './settings.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'logto-desk-settings-'));

test('a damaged file is set aside, said so, and nothing of it is lost', async () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'settings.json'), '{"profiles": [{"id": "prod"');
  await using t = testCore({}, { dataDir });
  expect(t.core.profiles.list()).toEqual([]);
  const aside = t.core.settingsNotice?.detail.where ?? '';
  expect(t.log.lines.join()).toContain(aside);
  expect(readFileSync(aside, 'utf8')).toBe('{"profiles": [{"id": "prod"');
});

test('parts that make no sense read as absent, the others stay', () => {
  const dataDir = folder();
  const good = {
    id: 'p',
    kind: 'oss',
    name: 'P',
    label: '',
    color: 'blue',
    access: 'read-only',
    images: false,
    appId: 'a',
    endpoint: 'http://localhost:1',
    resource: 'r',
  };
  writeFileSync(
    join(dataDir, 'settings.json'),
    JSON.stringify({ profiles: [good, { id: 7 }], workspace: 'x', preferences: { theme: 'pink' } }),
  );
  const settings = new Settings(openSettings(dataDir).settings);
  expect(settings.profiles).toEqual([good]);
  expect(settings.workspace).toEqual({ tabs: [], active: null, loading: [], columns: {} });
  expect(settings.preferences).toEqual({
    theme: 'system',
    language: 'en',
    density: 'normal',
    zone: 'local',
    times: 'dates',
    lockAfterMinutes: 30,
  });
});

test('a byte order mark before the settings is not damage, and is removed by the next change', () => {
  const dataDir = folder();
  const path = join(dataDir, 'settings.json');
  writeFileSync(path, '\uFEFF{"preferences": {"theme": "dark"}}');
  const { settings, settingsNotice } = openSettings(dataDir);
  expect([settingsNotice, new Settings(settings).preferences.theme]).toEqual([null, 'dark']);
  new Settings(settings).changePreferences({ density: 'compact', theme: undefined });
  expect(JSON.parse(readFileSync(path, 'utf8')).preferences).toMatchObject({
    theme: 'dark',
    density: 'compact',
  });
});

test('settings that cannot be read stay where they are: only what is not JSON is set aside', () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, 'settings.json'));
  expect(() => openSettings(dataDir)).toThrow(expect.objectContaining({ code: 'settings.unreadable' }));
  expect(readdirSync(dataDir)).toEqual(['settings.json']);
});

test.skipIf(process.platform === 'win32')('only the user can look into the folder', () => {
  const dataDir = join(folder(), 'inner');
  openSettings(dataDir);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

test('only the user can read the file and its lock, whatever the umask and whatever they were', () => {
  const umask = process.umask(0);
  try {
    const dataDir = join(folder(), 'inner');
    const settings = new Settings(openSettings(dataDir).settings);
    settings.changePreferences({ theme: 'dark' });
    expect(readdirSync(dataDir).sort()).toEqual(['settings.json', 'settings.lock']);
    for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o077, name).toBe(0);
    chmodSync(join(dataDir, 'settings.lock'), 0o666);
    settings.changePreferences({ theme: 'light' });
    expect(statSync(join(dataDir, 'settings.lock')).mode & 0o077).toBe(0);
  } finally {
    process.umask(umask);
  }
});

test('an installation knows itself, in every program and after a restart, and is not another one', () => {
  const [one, other] = [folder(), folder()];
  const of = (dataDir: string) => new Settings(openSettings(dataDir).settings).installation;
  expect(of(one)).toMatch(/^[0-9a-f-]{36}$/);
  expect(of(one)).toBe(of(one));
  expect(of(one)).not.toBe(of(other));
});

test('two programs see each other’s changes', () => {
  const dataDir = folder();
  const [one, two] = [
    new Settings(openSettings(dataDir).settings),
    new Settings(openSettings(dataDir).settings),
  ];
  one.changePreferences({ theme: 'dark' });
  expect(two.preferences.theme).toBe('dark');
});

test('the file is read anew only when it is another one, whoever replaced it', () => {
  const dataDir = folder();
  const [own, other] = [openSettings(dataDir).settings, openSettings(dataDir).settings];
  other.change('preferences', () => ({ theme: 'dark' }));
  const before = own.get('preferences');
  expect(before).toEqual({ theme: 'dark' });
  expect(own.get('preferences')).toBe(before);
  other.change('preferences', () => ({ theme: 'light' }));
  expect(own.get('preferences')).toEqual({ theme: 'light' });
  own.change('preferences', () => ({ theme: 'system' }));
  expect(own.get('preferences')).toEqual({ theme: 'system' });
});
