import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DeskError, errorValueOf } from '../src/shared/errors.ts';
import { createPhrases, explain } from '../src/shared/phrases/index.ts';
import { hasDisplay } from '../src/web/browser.ts';
import { runWeb } from '../src/web/main.ts';
import { buildIfNeeded } from './build-if-needed.ts';
import { downloadElectron, electronPath } from './electron-runtime.ts';

const { values } = parseArgs({
  options: {
    web: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string' },
    'data-dir': { type: 'string' },
  },
});
const dataDir = values['data-dir'];

/** A desktop that ends sooner than this with an error never came up, ms. */
const comesUpWithinMs = 5_000;

/** Runs the desktop until it is closed. False when it could not come up. */
const runDesktop = async (path: string): Promise<boolean> => {
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
  buildIfNeeded();
  if (!values.web && hasDisplay()) {
    const path = electronPath() ?? ((await downloadElectron()) ? electronPath() : null);
    if (path && (await runDesktop(path))) return;
    console.log(
      path
        ? 'The desktop runtime did not come up here; opening in the browser instead.'
        : 'The Electron runtime is not here and cannot be downloaded (GitHub is unreachable); opening in the browser instead.',
    );
  } else if (!values.web) console.log('There is no display here; serving to a browser instead.');
  await runWeb({ dataDir, open: !values['no-open'], ...(values.port ? { port: Number(values.port) } : {}) });
};

start().catch((error: unknown) => {
  if (error instanceof DeskError) {
    const { title, next, fine } = explain(createPhrases(), errorValueOf(error));
    console.error([`${title}.`, next, ...fine].join(' '));
  } else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
