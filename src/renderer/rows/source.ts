import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { PageOfRows } from '../../core/router';
import { resourceOf } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import { heldAt, joinedColumns, type Query, type TimeBounds } from '../../shared/query';
import type { Row } from '../../shared/row';
import { wantNames } from '../common/names';
import { api, errorOf } from '../link/api';
import { type Seen, takeFirstPage } from '../state/seen-lists';
import { exactTotal } from './exact-total';
import { fillJoins } from './joins';
import { afterPage, blankState, type ListState, mirroredMatches, rowsIn, seenState } from './list-state';
import { type Local, placedRows } from './local-rows';
import { LocalSearch } from './local-search';
import { shownSince } from './looked';
import { PageCache } from './page-cache';
import { PageRequests, type Priority } from './page-requests';
import { SeenBefore } from './seen-before';
import { lastRowOf, SettledPages } from './settled-pages';

/** Pages kept, so that scrolling back asks nothing: some 30,000 rows. */
const mostPagesKept = 300;

/**
 * The rows behind a grid: what is asked for (`PageRequests`), what is kept of it (`PageCache`), what stood there before
 * (`SeenBefore`) and what fits conditions of the operator's own (`LocalSearch`), put together. `close` cancels what is under
 * way.
 */
export class ListSource implements IDatasource {
  /** The view's filters, with the time that they had when it was opened: every page, search, count and export has the same. */
  readonly filters: Query['filters'];
  readonly #query: Query;
  readonly #mirrored: boolean;
  readonly #cache: PageCache;
  readonly #requests: PageRequests;
  readonly #resting = new SettledPages();
  readonly #local: LocalSearch;
  readonly #before: SeenBefore;
  readonly #watching = new Set<() => void>();
  readonly #control = new AbortController();
  #state = blankState;
  #anew = false;
  /** Called when the first page is asked for; rows wait for it, and what it gives is called when they are there. */
  onLoad: () => Promise<() => void> = async () => () => {};
  /** Called when rows were loaded while a local filter or order shows them. */
  onLoaded: () => void = () => {};
  /** Called when a total becomes known that no page carries to the grid: a lower bound, or the exact one after it. */
  onTotal: (total: number, exact: boolean) => void = () => {};
  /** Called when what the copy knows of rows was put into them. */
  onJoined: () => void = () => {};
  /** Called when the server's answer takes the place of what was seen before. */
  onFresh: (before: Seen) => void = () => {};

  /** `mirrored`: conditions and order are the mirror's to answer, for all rows. */
  constructor(query: Query, mirrored: boolean, keptPages = mostPagesKept) {
    const early = mirrored ? null : takeFirstPage(query);
    this.#mirrored = mirrored;
    this.#cache = new PageCache(keptPages);
    this.#before = new SeenBefore(query, !mirrored);
    this.filters = early?.filters ?? heldAt(query, Date.now()).filters;
    // Columns ask nothing of the server, nor do local conditions and order.
    const asked = { ...query, filters: this.filters, columns: undefined };
    this.#query = mirrored ? asked : { ...asked, where: undefined, sort: undefined };
    this.#requests = new PageRequests(
      {
        kept: (index) => this.#cache.pages.get(index),
        ask: (index, priority) => this.#ask(index, priority),
        keep: (index, page) => this.#keep(index, page),
        onLoad: () => this.onLoad(),
        isHeld: () => this.#state.until !== null,
      },
      early,
    );
    this.#local = new LocalSearch({
      query: this.#query,
      state: () => this.#state,
      pages: () => this.#cache.pages,
      change: (changes) => this.#change(changes),
      onLoaded: () => this.onLoaded(),
    });
    if (!mirrored) this.#local.begin(query);
    if (this.#before.shown) this.#state = { ...blankState, ...seenState(this.#before.shown) };
  }

  /** Asks for the first page, before there is a grid to ask for it; `anew`: by hand, of a server that may have been away. */
  begin(anew = false) {
    this.#anew = anew;
    this.#requests.page(0, 'visible').catch((error: unknown) => this.#failed(error));
  }

  /** What was seen of the list before, as long as that is shown. */
  get seen(): Seen | null {
    return this.#before.shown;
  }

  get isMirrored(): boolean {
    return this.#mirrored;
  }

  get state(): ListState {
    return this.#state;
  }

  /** The row at the upper edge of the grid. */
  set top(row: number) {
    this.#before.top = row;
  }

  /** Tells of each change of the state, and so of the rows, until what it gives is called. */
  readonly watch = (tell: () => void): (() => void) => {
    this.#watching.add(tell);
    return () => void this.#watching.delete(tell);
  };

  close() {
    this.keepSeen();
    this.#requests.close();
    this.#control.abort();
    this.#local.close();
    this.#resting.clear();
  }

  /** Keeps what was in sight, and the first page, for whoever comes back. */
  keepSeen() {
    if (!this.#mirrored && !this.#local.isAsked) this.#before.keep(this.#cache.pages, this.#state);
  }

  /** Shows only rows that fit, in that order; null shows the list as the server has it. */
  setLocal(local: Local) {
    // Rows of before are not held against anything.
    if (this.#before.drop()) this.#state = blankState;
    this.#local.set(local);
  }

  /** How the tenant's server takes bounds of time, once that is known. */
  learn(bounds: TimeBounds | null) {
    this.#local.learn(bounds);
  }

  /** The place in the server's order of a row that the grid shows at `index`. */
  placeOf(index: number): number {
    return this.#local.isAsked ? (this.#local.rows[index]?.place ?? index) : index;
  }

  /** Has conditions held against every row of the view, by the reader of exports. */
  searchAll() {
    this.#local.searchAll();
  }

  /** Ends the search; what it found stays. */
  stopSearching() {
    this.#local.stop();
  }

  /** Tells the rows in sight: pages that a drag ran past are asked for only here. */
  see(firstRow: number, lastRow: number) {
    this.#before.sight = [firstRow, lastRow];
    if (this.#shownSince(this.#state) !== this.#state.fetchedAt) this.#change({});
    this.#resting.see(Math.floor(firstRow / pageSize), Math.floor(lastRow / pageSize));
  }

  /** Some of the loaded rows, at most so many. */
  loaded(most: number): Row[] {
    return [...this.#shown().values()].flatMap(({ rows }) => rows).slice(0, most);
  }

  /** The rows that are here and fit what is asked of them, in the server's order. */
  all(): Row[] {
    const rows = this.#local.isAsked ? this.#local.rows : placedRows(this.#cache.pages);
    return rows.toSorted((a, b) => a.place - b.place).map(({ row }) => row);
  }

  /** The first row here that fits, without asking. */
  find(fits: (row: Row) => boolean): Row | undefined {
    for (const { rows } of this.#shown().values()) {
      const found = rows.find(fits);
      if (found) return found;
    }
    return this.#local.find(fits);
  }

  #shownSince(state: ListState): number | null {
    return shownSince(state, this.#shown(), this.#before.sight, this.#local.isAsked, this.#local.scan);
  }

  #shown(): ReadonlyMap<number, PageOfRows> {
    return this.#before.shown?.pages ?? this.#cache.pages;
  }

  /** Tells that the scroll bar moved by `distance` pixels in a view of `height` pixels. */
  scrolled(distance: number, height: number) {
    if (Math.abs(distance) > 2 * height) this.#resting.jumped();
  }

  getRows(params: IGetRowsParams) {
    if (this.#local.isAsked) {
      this.#answerLocally(params);
      return;
    }
    const index = Math.floor(params.startRow / pageSize);
    const { shown } = this.#before;
    const seen = shown?.pages.get(index);
    if (shown && seen) {
      const { total, capped } = shown;
      params.successCallback(seen.rows, capped ? undefined : total);
      if (capped) this.onTotal(total, false);
      // Its first page is asked for already, unless that failed.
      if (!this.#requests.isBegun) this.begin();
      return;
    }
    const answer = () => this.#answer(index, params);
    if (index === 0 || this.#cache.pages.has(index) || this.#requests.isUnderWay(index)) answer();
    else this.#resting.hold(index, answer);
  }

  #answer(index: number, params: IGetRowsParams) {
    this.#give(params, this.#requests.page(index, 'visible'), (page) => {
      params.successCallback(page.rows, lastRowOf(this.#state, this.#mirrored, index, page));
      const { total, capped } = this.#state;
      if (index === 0 && capped && total !== null) this.onTotal(total, false);
      this.#requests.ahead(index, total);
    });
  }

  /** Rows of the local view; the first page is awaited, so that there is something to look through. */
  #answerLocally(params: IGetRowsParams) {
    this.#give(params, this.#requests.first(), () => {
      const { rows } = this.#local;
      const asked = rows.slice(params.startRow, params.endRow).map(({ row }) => row);
      params.successCallback(asked, rows.length);
    });
  }

  #give<Answer>({ failCallback }: IGetRowsParams, coming: Promise<Answer>, give: (answer: Answer) => void) {
    coming.then(
      (answer) => {
        if (!this.#control.signal.aborted) give(answer);
      },
      (error: unknown) => {
        if (this.#control.signal.aborted) return;
        failCallback();
        this.#failed(error);
      },
    );
  }

  #failed(error: unknown) {
    const value = errorOf(error);
    if (value.code !== 'cancelled') this.#change({ error: value, loading: false });
  }

  #ask(index: number, priority: Priority): Promise<PageOfRows> {
    const { until, mirror } = this.#state;
    const input = {
      query: this.#query,
      index,
      priority,
      needed: joinedColumns({ ...this.#query, ...this.#local.asked }).map(({ id }) => id),
      // A view that the mirror started continues in the mirror; one that only shows what was seen before has not begun.
      mirrored: this.#mirrored || (this.#before.shown === null && mirror !== null),
      ...(until === null ? {} : { until }),
      ...(index === 0 && this.#anew ? { anew: true } : {}),
    };
    return api.list.page.query(input, { signal: this.#control.signal });
  }

  #keep(index: number, page: PageOfRows) {
    const before = this.#before.drop();
    this.#cache.keep(index, page, this.#local.isAsked);
    wantNames(this.#query.profile, resourceOf(this.#query.resource), page.rows);
    this.#local.forget();
    const { total } = this.#state;
    const changes = afterPage(this.#state, index, page, before !== null);
    this.#change({ ...changes, loadedRows: rowsIn(this.#cache.pages) });
    if (before) this.onFresh(before);
    if (!page.mirror) void fillJoins(this.#query, page.rows, this.#control.signal, () => this.onJoined());
    this.#change(this.#mirrored ? mirroredMatches(page) : this.#local.looked());
    this.#local.loaded();
    if ((total === null || before) && page.capped) void this.#count();
  }

  /** The exact total of a capped list, asked once in the background. */
  async #count() {
    const total = await exactTotal(this.#query, this.#state.until, this.#control.signal);
    if (total === null || !this.#state.capped || this.#control.signal.aborted) return;
    this.#change({ total, capped: false });
    this.onTotal(total, true);
  }

  #change(changes: Partial<ListState>) {
    if (this.#control.signal.aborted) return;
    const state = { ...this.#state, ...changes };
    this.#state = { ...state, fetchedAt: this.#shownSince(state) };
    for (const tell of this.#watching) tell();
  }
}
