import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import manifest from '../../package.json' with { type: 'json' };
import { launch } from './browser.ts';
import { obey, tell } from './control.ts';

type Launched = Awaited<ReturnType<typeof launch>>;

let launched: Launched | undefined;

/** The browser of this process, once the app is ready. */
export const current = (): Launched => {
  if (!launched) throw new Error('The app is not ready: wait for app.whenReady()');
  return launched;
};

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** What the system does: `lock-screen`, at a test's word. */
export const power = new EventEmitter();

/** What a person chooses in the menu, by its label. */
export const choices = new EventEmitter();

class StandInApp extends EventEmitter {
  readonly #paths = new Map<string, string>([
    ['home', homedir()],
    ['downloads', join(homedir(), 'Downloads')],
  ]);
  #ready: Promise<void> | undefined;
  #quitting = false;
  #lock: string | undefined;

  whenReady: App['whenReady'] = () => {
    this.#ready ??= this.#start();
    return this.#ready;
  };

  async #start() {
    launched = await launch();
    obey({
      quit: this.quit,
      screenLocks: () => power.emit('lock-screen'),
      choose: (label) => choices.emit('choice', label),
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.quit);
    tell({ news: 'ready', endpoint: launched.endpoint });
  }

  setPath: App['setPath'] = (name, path) => void this.#paths.set(name, path);

  getPath: App['getPath'] = (name) => {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The Electron stand-in knows no path "${name}"`);
    return path;
  };

  getVersion: App['getVersion'] = () => manifest.version;

  readonly isPackaged: App['isPackaged'] = process.env.STAND_IN_PACKAGED === '1';

  setAsDefaultProtocolClient: App['setAsDefaultProtocolClient'] = () => true;

  enableSandbox: App['enableSandbox'] = () => {
    if (launched) throw new Error('app.enableSandbox() comes before the start');
  };

  /** One process a data folder: a second one tells the first, and ends. */
  requestSingleInstanceLock: App['requestSingleInstanceLock'] = () => {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'stand-in.lock');
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (holder > 0 && isAlive(holder)) {
      writeFileSync(`${lock}.words`, JSON.stringify([process.argv, process.cwd()]));
      process.kill(holder, 'SIGUSR2');
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#lock = lock;
    process.on('SIGUSR2', () => {
      const [words, folder]: unknown[] = JSON.parse(readFileSync(`${lock}.words`, 'utf8'));
      this.emit('second-instance', {}, words, folder, undefined);
    });
    return true;
  };

  quit: App['quit'] = () => {
    if (this.#quitting) return;
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) {
      this.#quitting = true;
      this.emit('stand-in-ends');
      void this.#end(0);
    }
  };

  exit: App['exit'] = (code = 0) => void this.#end(code);

  async #end(code: number) {
    await launched?.close();
    if (this.#lock) rmSync(this.#lock, { force: true });
    process.exit(code);
  }
}

export const app = new StandInApp();
