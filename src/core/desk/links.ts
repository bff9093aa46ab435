import { queryOfLink } from '../../shared/deep-link.ts';
import { urlOf } from '../../shared/query.ts';
import { Changes } from '../base/changes.ts';

/** Something to open: a view by its address, or a snapshot by its file's path. */
export type Arrival = { kind: 'view'; url: string } | { kind: 'snapshot'; path: string };

/** Links and files that the system handed over, on their way to the interface. */
export class Links {
  readonly #changes = new Changes();
  #waiting: Arrival[] = [];

  /** Takes a link. Throws `query.invalid` for one that names no view. */
  open(link: string) {
    this.#arrived({ kind: 'view', url: urlOf(queryOfLink(link)) });
  }

  /** Takes a snapshot's path; what is in it is looked at when the person opens it. */
  openSnapshot(path: string) {
    this.#arrived({ kind: 'snapshot', path });
  }

  #arrived(arrival: Arrival) {
    this.#waiting.push(arrival);
    this.#changes.tell();
  }

  /** What is to be opened as it is asked for, that first which came before anybody listened. */
  watch(signal?: AbortSignal): AsyncGenerator<Arrival[]> {
    return this.#changes.watch(() => this.#waiting.splice(0), signal);
  }
}
