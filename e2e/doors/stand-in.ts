import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { News, Order, Report } from '../electron-stand-in/control.ts';
import { type Desktop, listen, type StartOptions } from './running.ts';

const root = join(import.meta.dirname, '..', '..');
const register = join(root, 'e2e', 'electron-stand-in', 'register.ts');
const built = join(root, 'out', 'main', 'index.js');

/** The built main process with the stand-in in Electron's place; its output is kept for an explanation. */
export const spawnStandIn = ({ dataDir, env, view, bundle = built, words = [] }: StartOptions) => {
  const child = spawn(process.execPath, ['--import', register, bundle, `--data-dir=${dataDir}`, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      ...env,
      ...(view?.colorScheme ? { STAND_IN_COLOR_SCHEME: view.colorScheme } : {}),
      ...(view?.viewport ? { STAND_IN_VIEWPORT: JSON.stringify(view.viewport) } : {}),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  return { child, output: () => output };
};

/** The next news of a kind; throws when the process ends before it. */
const newsOf = async <Kind extends News['news']>(
  child: ChildProcess,
  kind: Kind,
  output: () => string,
): Promise<Extract<News, { news: Kind }>> => {
  const control = new AbortController();
  const ended = once(child, 'exit', { signal: control.signal }).then(() => {
    throw new Error(`The desktop ended: ${output()}`);
  });
  const heard = (async () => {
    for (;;) {
      const [news] = (await once(child, 'message', { signal: control.signal })) as [News];
      if (news.news === kind) return news as Extract<News, { news: Kind }>;
    }
  })();
  try {
    return await Promise.race([heard, ended]);
  } finally {
    control.abort();
    await Promise.allSettled([heard, ended]);
  }
};

/** The built desktop under the stand-in. */
export const startStandIn = async (options: StartOptions): Promise<Desktop> => {
  const { child, output } = spawnStandIn(options);
  const { endpoint } = await newsOf(child, 'ready', output);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (!context) throw new Error('The desktop has no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  const complaints = listen(page);
  await page.waitForURL(/localhost/);
  const order = (what: Order) => void child.send(what);
  const answerSave = async (path: string | null) => order({ order: 'save', path });
  const reported = async (): Promise<Report> => {
    const news = newsOf(child, 'report', output);
    order({ order: 'report' });
    return (await news).report;
  };
  return {
    page,
    complaints,
    pid: child.pid ?? 0,
    answerSave,
    save: async (path, act) => {
      await answerSave(path);
      await act();
    },
    clipboard: async () => (await reported()).clipboard,
    lockScreen: async () => order({ order: 'screen-locks' }),
    opened: async () => (await reported()).opened,
    shown: async () => (await reported()).shown,
    menu: async () => (await reported()).menu,
    chooseMenu: async (label) => order({ order: 'choose', label }),
    outside: async () => (await reported()).outside,
    quit: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      order({ order: 'quit' });
      await ended;
      await browser.close().catch(() => {});
    },
  };
};
