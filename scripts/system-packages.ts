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
] as const;

/** Debian's own Python has Debian's modules, whatever `python3` is otherwise. */
const hasOpenpyxl = () => spawnSync('/usr/bin/python3', ['-c', 'import openpyxl']).status === 0;

/** Debian keeps PostgreSQL's programs outside of the path, by version. */
const hasPostgres = () => existsSync('/usr/lib/postgresql') || isHere('postgres');

const isHere = (command: string) => spawnSync('which', [command]).status === 0;

/** Debian packages that are missing on this machine. */
const missingPackages = (): string[] => [
  ...(findBrowser() ? [] : ['chromium', 'fonts-noto-cjk']),
  ...needed.filter(([command]) => !isHere(command)).map(([, name]) => name),
];

/** Other programs that read what the app writes, or that it writes to, and a quicker browser: tests do without. */
const missingCounterparts = (): string[] => [
  ...(isHere('chromium-headless-shell') ? [] : ['chromium-headless-shell']),
  ...(hasPostgres() ? [] : ['postgresql']),
  ...(isHere('clickhouse-server') ? [] : ['clickhouse-server']),
  ...(isHere('sqlite3') ? [] : ['sqlite3']),
  ...(hasOpenpyxl() ? [] : ['python3-openpyxl']),
];

const commandFor = (packages: readonly string[]) =>
  `apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** Installs packages; true when that worked. Run level 1 keeps the servers among them from being started. */
const install = (packages: readonly string[]): boolean => {
  console.log(`Installing for the tests: ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const command = `apt-get update -qq && ${commandFor(packages)} -qq >/dev/null`;
  return spawnSync('sh', ['-c', command], { stdio: 'inherit', env }).status === 0;
};

/** Installs what is missing as root on Debian, else throws with the command that does. Other systems bring their own. */
export const ensureSystemPackages = () => {
  if (process.platform !== 'linux') return;
  const canInstall = process.getuid?.() === 0 && isHere('apt-get');
  const missing = missingPackages();
  if (missing.length > 0) {
    if (!canInstall) throw new Error(`The tests need more of the system: ${commandFor(missing)}`);
    if (!install(missing)) throw new Error(`This did not work: ${commandFor(missing)}`);
  }
  const counterparts = missingCounterparts();
  if (counterparts.length > 0 && !(canInstall && install(counterparts)))
    console.log(`Some tests are skipped, or take longer, without: ${commandFor(counterparts)}`);
};
