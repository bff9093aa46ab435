import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a command with a Secret Service of its own: a private D-Bus session and an unlocked, empty key ring in a folder
 * that is removed afterwards, as is all that the command leaves among temporary files. On other systems, and inside such
 * a session, the command just runs.
 */
const [command = '', ...args] = process.argv.slice(2);
const inside = process.env.LOGTO_DESK_KEYCHAIN_SESSION === '1' || process.platform !== 'linux';

if (inside) {
  process.exit(spawnSync(command, args, { stdio: 'inherit' }).status ?? 1);
}
if (spawnSync('which', ['dbus-run-session', 'gnome-keyring-daemon']).status !== 0) {
  console.error('A Secret Service is needed: apt-get install dbus gnome-keyring');
  process.exit(1);
}

/** Files in memory: no test waits for a disk there. */
const inMemory = '/dev/shm';
/** Bytes that tests leave at most, with room for whatever runs beside them. */
const wanted = 8 * 2 ** 30;

/** Where temporary files go: into memory, where it has room. */
const placeOfFiles = (): string => {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) >= wanted ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
};

const home = mkdtempSync(join(tmpdir(), 'logto-desk-keyring-'));
const temporary = mkdtempSync(join(placeOfFiles(), 'logto-desk-tests-'));
// Databases of the tests run as users of their own.
chmodSync(temporary, 0o755);
const around = join(import.meta.dirname, 'keychain-session.sh');
const bus = `--config-file=${join(import.meta.dirname, 'keychain-session.conf')}`;
const session = spawn('dbus-run-session', [bus, '--', 'sh', around, 'unlocked', command, ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    LOGTO_DESK_KEYCHAIN_SESSION: '1',
    XDG_DATA_HOME: join(home, 'data'),
    XDG_RUNTIME_DIR: home,
    TMPDIR: temporary,
    // Doors and terminals are started hundreds of times: what Node compiled of them is kept for the next.
    NODE_COMPILE_CACHE: join(temporary, 'compiled'),
    // Node strips types itself: Playwright would translate the whole program again for each of its processes.
    PW_DISABLE_TS_ESM: '1',
  },
});
session.on('exit', (code) => {
  for (const folder of [home, temporary]) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.exitCode = code ?? 1;
});
