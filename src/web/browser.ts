import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const names: Readonly<Record<string, readonly string[]>> = {
  linux: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const runs = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The system's Chromium, Chrome or Edge, or null. */
export const findBrowser = (env: NodeJS.ProcessEnv = process.env): string | null => {
  const folders = (env.PATH ?? '').split(delimiter);
  const candidates = (names[process.platform] ?? []).flatMap((name) =>
    name.includes('/') || name.includes('\\') ? [name] : folders.map((folder) => join(folder, name)),
  );
  return candidates.find(runs) ?? null;
};

/** True where a window can be shown at all. */
export const hasDisplay = (env: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/**
 * A page, readable by this user alone, that leads to the address: what stands on a command line is seen by everybody on
 * this machine, and the address lets its first visitor in.
 */
export const openingPage = (folder: string, address: string): string => {
  const path = join(folder, 'open.html');
  rmSync(path, { force: true });
  const page = `<!doctype html><meta http-equiv="refresh" content="0; url=${address}"><title>Logto Desk</title>`;
  writeFileSync(path, page, { mode: 0o600 });
  return pathToFileURL(path).href;
};

/** Opens the address as an app window with a browser profile of its own; it ends with the window. */
export const openAppWindow = (browser: string, address: string, profileFolder: string): ChildProcess => {
  // Chromium refuses to start as root with its sandbox; the page is our own, under a strict CSP.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : [];
  const flags = [
    `--app=${address}`,
    `--user-data-dir=${profileFolder}`,
    '--window-size=1280,800',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    ...asRoot,
  ];
  return spawn(browser, flags, { stdio: 'ignore' });
};
