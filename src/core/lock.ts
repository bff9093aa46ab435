import { EventEmitter, on } from 'node:events';

/** Whether the app is locked: then nothing of a tenant leaves the core, and no token is kept. */
export class Lock {
  readonly #changes = new EventEmitter().setMaxListeners(0);
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
    this.#changes.emit('change');
  }

  open() {
    this.#closed = false;
    this.#changes.emit('change');
  }

  /** Whether it is locked, now and after every change. */
  async *watch(signal: AbortSignal): AsyncGenerator<boolean> {
    const changes = on(this.#changes, 'change', { signal });
    yield this.#closed;
    try {
      for await (const _ of changes) yield this.#closed;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
