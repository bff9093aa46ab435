import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Settings } from '../core/settings/settings.ts';
import { openSettings } from '../doors/settings-file.ts';

const root = join(import.meta.dirname, '../..');

/** Runs the desktop's settings under the stand-in for Electron. */
const asDesktop = (dataDir: string) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--import',
        join(root, 'e2e/electron-stand-in/register.ts'),
        join(import.meta.dirname, 'settings-probe.ts'),
        dataDir,
      ],
      { encoding: 'utf8' },
    ),
  );

test('electron-store shares one file with the other doors, and leaves no listener behind', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-store-'));
  const other = new Settings(openSettings(dataDir).settings);
  other.changePreferences({ theme: 'dark' });
  expect(asDesktop(dataDir)).toEqual({ theme: 'dark', settingsNotice: null, channels: [] });
  expect(other.preferences).toMatchObject({ theme: 'dark', density: 'relaxed' });
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.json'))).toEqual(['settings.json']);
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'settings.json')).mode & 0o777).toBe(0o600);
  rmSync(dataDir, { recursive: true });
});
