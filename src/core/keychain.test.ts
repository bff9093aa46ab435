import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const probe = join(import.meta.dirname, 'keychain-probe.ts');
const around = join(import.meta.dirname, '../../scripts/keychain-session.sh');

/** Sets, reads and deletes a secret in a process with another session around it; each line is one outcome. */
const outcomes = async (command: string, args: string[], env: NodeJS.ProcessEnv) => {
  const { stdout } = await run(command, [...args, process.execPath, probe], { env, timeout: 25_000 });
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('probe '));
};

const { DBUS_SESSION_BUS_ADDRESS: _, ...withoutBus } = process.env;
const home = () => mkdtempSync(join(tmpdir(), 'logto-desk-home-'));
const isolated = () => {
  const folder = home();
  return { ...withoutBus, HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: folder };
};

describe.skipIf(process.platform !== 'linux')('the keychain', () => {
  test('keeps a secret in a real Secret Service', async () => {
    expect(await outcomes('env', [], process.env)).toEqual([
      'probe set ok',
      'probe get s3cret',
      'probe delete ok',
      'probe get null',
    ]);
  });

  test('that is not there is unavailable, not silently something else', async () => {
    const unavailable = ['set', 'get', 'delete', 'get'].map((step) => `probe ${step} keychain.unavailable`);
    expect(await outcomes('env', [], isolated())).toEqual(unavailable);
  });

  test('that is locked says so, when reading too', async () => {
    const env = isolated();
    const session = (state: string, runtime: string) => [
      '--',
      'env',
      `XDG_RUNTIME_DIR=${runtime}`,
      'sh',
      around,
      state,
    ];
    // The first session makes a key ring, the second finds it locked and has nobody to ask for its password.
    await run('dbus-run-session', [...session('unlocked', home()), 'true'], { env });
    const locked = ['set', 'get', 'delete', 'get'].map((step) => `probe ${step} keychain.locked`);
    expect(await outcomes('dbus-run-session', session('locked', home()), env)).toEqual(locked);
  });
});
