import { Changes } from '../base/changes.ts';

/** Whether the app is locked: then nothing of a tenant leaves the core, and no token is kept. */
export class Lock {
  readonly #changes = new Changes();
  readonly #onLock: () => void;
  #closed = false;
  #closing = new AbortController();

  constructor(onLock: () => void) {
    this.#onLock = onLock;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Aborted when the app locks; whatever hands out a tenant's data for longer than a call stops then. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  close() {
    this.#closed = true;
    this.#closing.abort();
    this.#onLock();
    this.#changes.tell();
  }

  open() {
    if (this.#closed) this.#closing = new AbortController();
    this.#closed = false;
    this.#changes.tell();
  }

  /** Whether it is locked, now and after every change. */
  watch(signal?: AbortSignal): AsyncGenerator<boolean> {
    return this.#changes.watch(() => this.#closed, signal);
  }
}
