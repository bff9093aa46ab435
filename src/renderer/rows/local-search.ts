import type { FoundRow, PageOfRows } from '../../core/router';
import { type Query, queryResource, type TimeBounds } from '../../shared/query';
import type { Row } from '../../shared/row';
import { readsByItself } from '../../shared/scope';
import type { ListState } from './list-state';
import { type Local, LocalRows, placedRows } from './local-rows';
import { isReadByTime, lookedOf, lookedThrough } from './looked';
import { hasAllOf, Scan, scanAsked } from './scan';

type Deps = {
  /** The view as the server is asked for it. */
  query: Query;
  state: () => ListState;
  pages: () => ReadonlyMap<number, PageOfRows>;
  change: (changes: Partial<ListState>) => void;
  /** Called when other rows fit, or more. */
  onLoaded: () => void;
};

/**
 * Conditions and an order that the API does not know: held against the rows that are loaded, or, where that is asked for or
 * costs little, against every row of the view by the reader of exports.
 */
export class LocalSearch {
  readonly #deps: Deps;
  readonly #local: LocalRows;
  #scan: Scan | null = null;
  #bounds: TimeBounds | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** How long it took to work out the rows that fit, ms. */
  #workedMs = 0;
  #isClosed = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#local = new LocalRows(queryResource(deps.query), () => placedRows(deps.pages()));
  }

  /** Whether anything is asked of rows. */
  get isAsked(): boolean {
    return this.#local.isAsked;
  }

  get asked(): Local {
    return this.#local.asked;
  }

  /** The rows that fit, in the order that is asked for. */
  get rows(): readonly FoundRow[] {
    return this.#local.rows;
  }

  /** The reading of all rows; null where nobody asked for it. */
  get scan(): Scan | null {
    return this.#scan;
  }

  find(fits: (row: Row) => boolean): Row | undefined {
    return this.#scan?.found.find(({ row }) => fits(row))?.row;
  }

  /** What is asked when the list is opened. */
  begin(local: Local) {
    this.#local.ask(local);
  }

  /** Asks something else of rows; what a reading of all found is sifted again where it has all that can fit. */
  set(local: Local) {
    const keeps = this.#scan !== null && hasAllOf(this.#scan, local);
    if (!keeps) {
      this.stop();
      this.#scan = null;
    }
    this.#local.ask(local, keeps);
    this.#lookAgain();
    this.#searchByItself();
  }

  /** How the tenant's server takes bounds of time, once that is known: reading the rest may cost less by it. */
  learn(bounds: TimeBounds | null) {
    this.#bounds = bounds;
    this.#searchByItself();
  }

  /** Has conditions held against every row of the view. */
  searchAll() {
    const { query, state } = this.#deps;
    if (!this.isAsked || state().scan?.state === 'running') return;
    const { asked } = this;
    this.#local.ask(asked);
    const scan = new Scan(scanAsked(query, asked, state()), () => {
      if (this.#scan === scan) this.#scanned(scan);
    });
    this.#scan = scan;
    this.#lookAgain();
    void scan.run();
  }

  /** Ends the reading of all rows; what it found stays. */
  stop() {
    this.#scan?.stop();
  }

  close() {
    this.#isClosed = true;
    this.stop();
    clearTimeout(this.#telling);
  }

  /** Other rows are loaded. */
  forget() {
    this.#local.forget();
  }

  /** What the rows that are asked for were looked for in, and what came of it. */
  looked(): ReturnType<typeof lookedThrough> {
    const started = performance.now();
    const { pages, state } = this.#deps;
    const looked = lookedThrough(this.#local, this.#scan, state().loadedRows, [...pages().keys()]);
    this.#workedMs = performance.now() - started;
    return looked;
  }

  /** A page came. */
  loaded() {
    if (!this.isAsked) return;
    this.#searchByItself();
    this.#tellSoon();
  }

  #lookAgain() {
    this.#deps.change({ scan: this.#scan?.progress ?? null, ...this.looked() });
  }

  #scanned({ progress }: Scan) {
    const started = this.#deps.state().scan?.state === 'running';
    if (started && progress.state === 'running') this.#tellSoon();
    else this.#tell();
  }

  #searchByItself() {
    const state = this.#deps.state();
    if (!this.isAsked || this.#scan || state.fetchedAt === null || state.total === null) return;
    const byTime = isReadByTime(queryResource(this.#deps.query), this.#bounds);
    if (readsByItself(lookedOf(state), byTime)) this.searchAll();
  }

  #tell() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#isClosed || !this.isAsked) return;
    this.#lookAgain();
    this.#deps.onLoaded();
  }

  /** Counting and sorting anew for each of many steps would cost more than the steps do. */
  #tellSoon() {
    this.#telling ??= setTimeout(() => this.#tell(), Math.max(300, 5 * this.#workedMs));
  }
}
