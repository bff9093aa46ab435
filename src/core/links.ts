import { queryOfLink } from '../shared/deep-link.ts';
import { urlOf } from '../shared/query.ts';
import { Changes } from './changes.ts';

/** Links to views that the system handed over, on their way to the interface. */
export class Links {
  readonly #changes = new Changes();
  #waiting: string[] = [];

  /** Takes a link. Throws `query.invalid` for one that names no view. */
  open(link: string) {
    this.#waiting.push(urlOf(queryOfLink(link)));
    this.#changes.tell();
  }

  /** Addresses of views as they are asked for, the ones first that came before anybody listened. */
  watch(signal?: AbortSignal): AsyncGenerator<string[]> {
    return this.#changes.watch(() => this.#waiting.splice(0), signal);
  }
}
