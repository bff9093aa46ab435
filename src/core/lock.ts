import { Changes } from './changes.ts';

/** Whether the app is locked: then nothing of a tenant leaves the core, and no token is kept. */
export class Lock {
  readonly #changes = new Changes();
  readonly #onLock: () => void;
  #closed = false;

  constructor(onLock: () => void) {
    this.#onLock = onLock;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  close() {
    this.#closed = true;
    this.#onLock();
    this.#changes.tell();
  }

  open() {
    this.#closed = false;
    this.#changes.tell();
  }

  /** Whether it is locked, now and after every change. */
  watch(signal?: AbortSignal): AsyncGenerator<boolean> {
    return this.#changes.watch(() => this.#closed, signal);
  }
}
