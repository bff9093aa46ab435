import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { PageOfRows } from '../../core/router';
import { resourceOf } from '../../shared/catalog';
import type { ErrorValue } from '../../shared/errors';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { api, errorOf } from '../api';
import { loadPages } from './load-pages';
import { type Local, LocalRows } from './local-rows';
import { wantNames } from './names';
import { PagesAtRest } from './rest';

/** Rows of one page of the API; the grid's blocks are the same size. */
export const pageSize = 100;

/** Pages kept, so that scrolling back asks nothing: some 30,000 rows. */
const keptPages = 300;

/** Rows that *load all matching* holds at most; past that a list belongs into an export. */
const mostRows = 200_000;

/** What is known of a list while it is looked at. */
export type ListState = {
  /** Rows in all, as far as known. */
  total: number | null;
  /** `total` is only a lower bound. */
  capped: boolean;
  loadedRows: number;
  /** Moment that the list is held at, unix ms. */
  until: number | null;
  /** Unix ms of the newest answer. */
  fetchedAt: number | null;
  /** The server's total changed since the first page. */
  changed: boolean;
  error: ErrorValue | null;
  loading: boolean;
  /** Loaded rows that fit the local conditions; null where there are none. */
  matching: number | null;
  /** All pages are being loaded. */
  loadingAll: boolean;
  /** The mirror answered: when its rows were seen, unix ms, and whether it has all of the list. */
  mirror: { asOf: number; whole: boolean } | null;
  /** The time asked for was found by position: the server knows no bounds of time. */
  byPosition: boolean;
};

export const blankState: ListState = {
  total: null,
  capped: false,
  loadedRows: 0,
  until: null,
  fetchedAt: null,
  changed: false,
  error: null,
  loading: true,
  matching: null,
  loadingAll: false,
  mirror: null,
  byPosition: false,
};

/**
 * The rows behind a grid: one request a page at whatever place is asked for, kept so that coming back asks nothing,
 * the next page fetched ahead while scrolling goes steadily one way. `close` cancels what is under way.
 */
export class ListSource implements IDatasource {
  readonly rowCount = undefined;
  readonly #query: Query;
  readonly #mirrored: boolean;
  readonly #onState: (state: ListState) => void;
  readonly #control = new AbortController();
  readonly #pages = new Map<number, PageOfRows>();
  readonly #pending = new Map<number, Promise<PageOfRows>>();
  readonly #resting = new PagesAtRest();
  #state = blankState;
  #first: Promise<PageOfRows> | null = null;
  #lastAsked = -1;
  readonly #local = new LocalRows(this.#pages, pageSize);
  #stopAll: AbortController | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Called when rows were loaded while a local filter or order shows them. */
  onLoaded: () => void = () => {};
  /** Called when a total becomes known that no page carries to the grid: a lower bound, or the exact one after it. */
  onTotal: (total: number, exact: boolean) => void = () => {};

  /** `mirrored`: conditions and order are the mirror's to answer, for all rows. */
  constructor(query: Query, mirrored: boolean, onState: (state: ListState) => void) {
    this.#mirrored = mirrored;
    // Columns ask nothing of the server, nor do local conditions and order.
    this.#query = mirrored
      ? { ...query, columns: undefined }
      : { ...query, columns: undefined, where: undefined, sort: undefined };
    if (!mirrored) this.#local.ask(query);
    this.#onState = onState;
  }

  get isMirrored(): boolean {
    return this.#mirrored;
  }

  get state(): ListState {
    return this.#state;
  }

  close() {
    this.#control.abort();
    this.stopLoadingAll();
    this.#resting.clear();
  }

  /** Shows only the loaded rows that fit, in that order; null shows the list as the server has it. */
  setLocal(local: Local) {
    this.#local.ask({ resource: this.#query.resource, ...local });
    this.#change({ matching: this.#local.count });
  }

  /** The place in the server's order of a row that the grid shows at `index`. */
  placeOf(index: number): number {
    return this.#local.isAsked ? (this.#local.rows[index]?.place ?? index) : index;
  }

  /** Loads every page that is not here yet, up to `mostRows` rows; `stopLoadingAll` ends it, what came stays. */
  async loadAll() {
    if (this.#stopAll) return;
    const stop = new AbortController();
    this.#stopAll = stop;
    this.#change({ loadingAll: true });
    try {
      await this.#firstPage();
      await loadPages({
        most: Math.ceil(mostRows / pageSize),
        isPastEnd: (index) => this.#isPastEnd(index),
        // A short page is the end.
        read: async (index) => (await this.#page(index, 'ahead')).rows.length === pageSize,
        signal: stop.signal,
      });
    } catch (error) {
      const value = errorOf(error);
      if (value.code !== 'cancelled') this.#change({ error: value });
    } finally {
      stop.abort();
      this.#stopAll = null;
      this.#change({ loadingAll: false });
    }
  }

  stopLoadingAll() {
    this.#stopAll?.abort();
  }

  #isPastEnd(index: number): boolean {
    const { total, capped } = this.#state;
    return total !== null && !capped && index * pageSize >= total;
  }

  /** Rows of the local view; the first page is awaited, so that there is something to look through. */
  async #answerLocally({ startRow, endRow, successCallback, failCallback }: IGetRowsParams) {
    try {
      await this.#firstPage();
    } catch (error) {
      if (this.#control.signal.aborted) return;
      failCallback();
      this.#change({ error: errorOf(error), loading: false });
      return;
    }
    const { rows } = this.#local;
    successCallback(
      rows.slice(startRow, endRow).map(({ row }) => row),
      rows.length,
    );
  }

  /** Tells the rows in sight: pages that a drag ran past are asked for only here. */
  see(firstRow: number, lastRow: number) {
    this.#resting.see(Math.floor(firstRow / pageSize), Math.floor(lastRow / pageSize));
  }

  /** Some of the loaded rows, at most so many. */
  loaded(most: number): Row[] {
    return [...this.#pages.values()].flatMap(({ rows }) => rows).slice(0, most);
  }

  /** Every loaded row that fits, in the server's order. */
  all(fits: (row: Row) => boolean): Row[] {
    return [...this.#pages.entries()].sort(([a], [b]) => a - b).flatMap(([, { rows }]) => rows.filter(fits));
  }

  /** The first loaded row that fits, without asking. */
  find(fits: (row: Row) => boolean): Row | undefined {
    for (const { rows } of this.#pages.values()) {
      const found = rows.find(fits);
      if (found) return found;
    }
    return undefined;
  }

  /** Tells that the scroll bar moved by `distance` pixels in a view of `height` pixels. */
  scrolled(distance: number, height: number) {
    if (Math.abs(distance) > 2 * height) this.#resting.jumped();
  }

  getRows(params: IGetRowsParams) {
    if (this.#local.isAsked) {
      void this.#answerLocally(params);
      return;
    }
    const index = Math.floor(params.startRow / pageSize);
    const answer = () => this.#answer(index, params);
    if (index === 0 || this.#pages.has(index) || this.#pending.has(index)) answer();
    else this.#resting.hold(index, answer);
  }

  #answer(index: number, { successCallback, failCallback }: IGetRowsParams) {
    this.#page(index, 'visible').then(
      (page) => {
        if (this.#control.signal.aborted) return;
        successCallback(page.rows, this.#lastRow(index, page));
        const { total, capped } = this.#state;
        if (index === 0 && capped && total !== null) this.onTotal(total, false);
        this.#fetchAhead(index);
      },
      (error: unknown) => {
        if (this.#control.signal.aborted) return;
        failCallback();
        const value = errorOf(error);
        if (value.code !== 'cancelled') this.#change({ error: value, loading: false });
      },
    );
  }

  /** The number of rows when the grid can know it: the exact total, or the end met on a short page. */
  #lastRow(index: number, page: PageOfRows): number | undefined {
    const { total, capped } = this.#state;
    if (total !== null && !capped) return total;
    return page.rows.length < pageSize ? index * pageSize + page.rows.length : undefined;
  }

  async #page(index: number, priority: 'visible' | 'ahead'): Promise<PageOfRows> {
    const kept = this.#pages.get(index);
    if (kept) return kept;
    const pending = this.#pending.get(index);
    if (pending) return pending;
    // A list that is held at a moment learns it from its first page: other pages wait for that one.
    if (index > 0 && this.#state.until === null) await this.#firstPage();
    const asked = this.#ask(index, priority).finally(() => this.#pending.delete(index));
    this.#pending.set(index, asked);
    if (index === 0) this.#first = asked;
    return asked;
  }

  async #firstPage() {
    if (this.#pages.has(0)) return;
    try {
      await (this.#first ?? this.#page(0, 'visible'));
    } catch (error) {
      this.#first = null;
      throw error;
    }
  }

  async #ask(index: number, priority: 'visible' | 'ahead'): Promise<PageOfRows> {
    const { until } = this.#state;
    const input = {
      query: this.#query,
      index,
      priority,
      // A view that the mirror began goes on in the mirror.
      mirrored: this.#mirrored || this.#state.mirror !== null,
      ...(until === null ? {} : { until }),
    };
    const page = await api.list.page.query(input, { signal: this.#control.signal });
    this.#keep(index, page);
    return page;
  }

  #keep(index: number, page: PageOfRows) {
    this.#pages.delete(index);
    this.#pages.set(index, page);
    // Of rows that nobody looks at yet the cells ask themselves, once they are drawn.
    if (!this.#stopAll) wantNames(this.#query.profile, resourceOf(this.#query.resource), page.rows);
    const [oldest] = this.#pages.keys();
    const keepsAll = this.#local.isAsked || this.#stopAll !== null;
    if (this.#pages.size > keptPages && oldest !== undefined && !keepsAll) this.#pages.delete(oldest);
    this.#local.forget();
    const known = this.#state.total !== null;
    const first = !known && page.total !== null;
    const end = page.capped && page.rows.length < pageSize ? index * pageSize + page.rows.length : null;
    const { total, capped } = this.#state;
    this.#change({
      ...(first ? { total: page.capped ? page.total! - 1 : page.total, capped: page.capped } : {}),
      // Past the cap the end is where a page comes back short (FACTS pagination 4).
      ...(end !== null && capped && page.rows.length > 0 ? { total: end, capped: false } : {}),
      changed:
        this.#state.changed ||
        (known && !capped && !page.capped && page.total !== null && page.total !== total),
      until: this.#state.until ?? page.until,
      mirror: page.mirror ?? null,
      byPosition: page.timeBy === 'position',
      fetchedAt: page.fetchedAt,
      loadedRows: [...this.#pages.values()].reduce((sum, { rows }) => sum + rows.length, 0),
      error: null,
      loading: false,
    });
    if (this.#local.isAsked) this.#tellLoaded();
    if (first && page.capped) void this.#count();
  }

  /** Counting and sorting anew for each of many pages would cost more than the pages do. */
  #tellLoaded() {
    if (this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (this.#control.signal.aborted || !this.#local.isAsked) return;
      this.#change({ matching: this.#local.count });
      this.onLoaded();
    }, 300);
  }

  /** The exact total of a capped list, asked once in the background; a server that cannot count in time is left alone. */
  async #count() {
    const { until } = this.#state;
    const input = { query: this.#query, ...(until === null ? {} : { until }) };
    const total = await api.list.count.query(input, { signal: this.#control.signal }).catch(() => null);
    if (total === null || !this.#state.capped || this.#control.signal.aborted) return;
    this.#change({ total, capped: false });
    this.onTotal(total, true);
  }

  #fetchAhead(index: number) {
    const step = index - this.#lastAsked;
    this.#lastAsked = index;
    const next = index + step;
    const { total } = this.#state;
    const steady = Math.abs(step) === 1 && index > 0;
    if (!steady || next < 0 || (total !== null && next * pageSize >= total) || this.#pages.has(next)) return;
    this.#page(next, 'ahead').catch(() => {});
  }

  #change(changes: Partial<ListState>) {
    if (this.#control.signal.aborted) return;
    this.#state = { ...this.#state, ...changes };
    this.#onState(this.#state);
  }
}
