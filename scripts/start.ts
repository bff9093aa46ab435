import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DeskError, errorValueOf } from '../src/shared/errors.ts';
import { createPhrases, explain } from '../src/shared/phrases/index.ts';
import { findBrowser, hasDisplay } from '../src/web/browser.ts';
import { runWeb } from '../src/web/main.ts';
import { webFlags } from '../src/web/options.ts';
import { buildIfNeeded } from './build-if-needed.ts';
import { downloadElectron, electronPath, electronSource } from './electron-runtime.ts';

/** A desktop that ends sooner than this with an error never came up, ms. */
const comesUpWithinMs = 5_000;

/** Runs the desktop until it is closed. False when it could not come up. */
const runDesktop = async (path: string, dataDir: string | undefined): Promise<boolean> => {
  // Chromium refuses to start as root with its sandbox.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [join(import.meta.dirname, '..'), ...asRoot, ...(dataDir ? [`--data-dir=${dataDir}`] : [])];
  const started = Date.now();
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(path, args, { stdio: 'ignore' });
    child.once('exit', resolve);
    child.once('error', () => resolve(1));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => child.kill(signal));
  });
  return code === 0 || code === null || Date.now() - started > comesUpWithinMs;
};

const start = async () => {
  const { web, open, ...where } = webFlags(process.argv.slice(2));
  buildIfNeeded();
  if (!web && hasDisplay()) {
    const path = electronPath() ?? ((await downloadElectron()) ? electronPath() : null);
    if (path && (await runDesktop(path, where.dataDir))) return;
    const reason = path
      ? 'The desktop runtime did not come up here'
      : `The Electron runtime is not here, and ${electronSource()} did not give it (ELECTRON_MIRROR names another place)`;
    // What follows is a window, or an address to open.
    const instead = open && findBrowser() ? 'opening in the browser instead' : 'use it in a browser instead';
    console.log(`${reason}; ${instead}.`);
  } else if (!web) console.log('There is no display here; serving to a browser instead.');
  await runWeb({ ...where, open });
};

start().catch((error: unknown) => {
  if (error instanceof DeskError) {
    const { title, remedy, details } = explain(createPhrases(), errorValueOf(error));
    console.error(
      [`${title}.`, ...(details.length > 0 ? [`(${details.join(', ')})`] : []), remedy].join(' '),
    );
    if (error.code === 'usage.invalid') process.exitCode = 2;
  } else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode ||= 1;
});
