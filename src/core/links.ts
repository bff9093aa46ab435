import { EventEmitter, on } from 'node:events';
import { queryOfLink } from '../shared/deep-link.ts';
import { urlOf } from '../shared/query.ts';

/** Links to views that the system handed over, on their way to the interface. */
export class Links {
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #waiting: string[] = [];

  /** Takes a link. Throws `query.invalid` for one that names no view. */
  open(link: string) {
    const url = urlOf(queryOfLink(link));
    this.#waiting.push(url);
    this.#changes.emit('change');
  }

  /** Addresses of views as they are asked for, the ones first that came before anybody listened. */
  async *watch(signal: AbortSignal): AsyncGenerator<string[]> {
    const changes = on(this.#changes, 'change', { signal });
    yield this.#take();
    try {
      for await (const _ of changes) yield this.#take();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #take(): string[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}
