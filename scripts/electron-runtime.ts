import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EnvHttpProxyAgent, fetch } from 'undici';

const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
const source = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';

/** The host that the runtime is downloaded from. */
export const electronSource = (): string => URL.parse(source)?.host ?? source;

/** Time for the download's server to answer at all, ms. */
const answerMs = 5_000;
/** Time for the whole download (about 110 MB), ms. */
const downloadMs = 180_000;

/** Path of the Electron executable, or null when its runtime is not on this machine. */
export const electronPath = (): string | null => {
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const path = join(dist, readFileSync(named, 'utf8').trim());
  return existsSync(path) ? path : null;
};

const isReachable = async (): Promise<boolean> => {
  try {
    await fetch(`${source}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      dispatcher: new EnvHttpProxyAgent(),
      signal: AbortSignal.timeout(answerMs),
    });
    return true;
  } catch {
    return false;
  }
};

/** Downloads the runtime with Electron's own installer, which checks its checksum. False when that cannot be done in time. */
export const downloadElectron = async (): Promise<boolean> => {
  if (!(await isReachable())) return false;
  console.log('Downloading the Electron runtime (once, about 110 MB)…');
  const installer = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore' });
  const timer = setTimeout(() => installer.kill(), downloadMs);
  const code = await new Promise<number | null>((resolve) => {
    installer.once('exit', resolve);
    installer.once('error', () => resolve(1));
  });
  clearTimeout(timer);
  return code === 0 && electronPath() !== null;
};
