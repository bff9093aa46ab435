import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAtWork } from './processes.ts';

/** Folders of processes: their number, and what tells two of one number apart. */
const ownForm = /^(\d{1,10})-[0-9a-f]{8}$/;

/**
 * Where things are made that nobody else may see half-made or plain: a folder of this process in the data folder, the
 * owner's alone. What a process left that was killed is swept when the next one starts.
 */
export class Scratch {
  readonly #folder: string;
  readonly #own: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#own = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
    this.#sweep();
  }

  #sweep() {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) {
      const [, pid] = ownForm.exec(name) ?? [];
      if (pid === undefined) continue;
      const folder = join(this.#folder, name);
      const { mtimeMs = 0 } = lstatSync(folder, { throwIfNoEntry: false }) ?? {};
      if (!isAtWork(Number(pid), mtimeMs)) rmSync(folder, { recursive: true, force: true });
    }
  }

  /** A folder of its own for one piece of work, 0700. */
  folder(): string {
    const folder = join(this.#own, randomBytes(8).toString('hex'));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // An older folder may be open to others.
    for (const open of [this.#folder, this.#own]) chmodSync(open, 0o700);
    return folder;
  }

  /** Leaves nothing of this process behind. */
  remove(): void {
    rmSync(this.#own, { recursive: true, force: true });
  }
}
