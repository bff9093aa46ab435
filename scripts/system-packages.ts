import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from '../src/web/browser.ts';

/** What the tests need beside npm's packages: a command, and the Debian package that brings it. */
const needed = [
  ['dbus-run-session', 'dbus'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
  ['openssl', 'openssl'],
  ['curl', 'curl'],
  ['python3', 'python3'],
  ['ps', 'procps'],
  ['script', 'bsdutils'],
  ['sqlite3', 'sqlite3'],
  ['clickhouse-server', 'clickhouse-server'],
] as const;

/** Debian's own Python has Debian's modules, whatever `python3` is otherwise. */
const hasOpenpyxl = () => spawnSync('/usr/bin/python3', ['-c', 'import openpyxl']).status === 0;

/** Debian keeps PostgreSQL's programs outside of the path, by version. */
const hasPostgres = () => existsSync('/usr/lib/postgresql') || isHere('postgres');

const isHere = (command: string) => spawnSync('which', [command]).status === 0;

/** Debian packages that are missing on this machine. */
const missingPackages = (): string[] => [
  ...(findBrowser() ? [] : ['chromium', 'fonts-noto-cjk']),
  ...(hasPostgres() ? [] : ['postgresql']),
  ...(hasOpenpyxl() ? [] : ['python3-openpyxl']),
  ...needed.filter(([command]) => !isHere(command)).map(([, name]) => name),
];

/** Installs what is missing as root on Debian, else throws with the command that does. Other systems bring their own. */
export const ensureSystemPackages = () => {
  if (process.platform !== 'linux') return;
  const missing = missingPackages();
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !isHere('apt-get'))
    throw new Error(`The tests need more of the system: ${command}`);
  console.log(`Installing for the tests: ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync('sh', ['-c', `apt-get update -qq && ${command} -qq >/dev/null`], {
    stdio: 'inherit',
    env,
  });
  if (done.status !== 0) throw new Error(`This did not work: ${command}`);
};
