import { EventEmitter, on } from 'node:events';

/** Tells many watchers that something changed. */
export class Changes {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  tell() {
    this.#emitter.emit('change');
  }

  /** What `look` sees now and after every change, until the signal is aborted. */
  async *watch<Seen>(look: () => Seen, signal?: AbortSignal): AsyncGenerator<Seen> {
    // Listening starts before the first look, so that no change falls between.
    const changes = on(this.#emitter, 'change', signal ? { signal } : {});
    yield look();
    try {
      for await (const _ of changes) yield look();
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }
}
