import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { PageOfRows } from '../../core/router';
import { resourceOf } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import { heldAt, joinedColumns, type Query, queryResource, type TimeBounds } from '../../shared/query';
import type { Row } from '../../shared/row';
import { readsByItself } from '../../shared/scope';
import { wantNames } from '../common/names';
import { api, errorOf } from '../link/api';
import { type Asked, inSight, keeperOf, type Seen, seenOf, takeFirstPage } from '../state/seen-lists';
import { fillJoins } from './joins';
import { afterPage, blankState, type ListState, mirroredMatches, rowsIn, seenState } from './list-state';
import { type Local, LocalRows, placedRows } from './local-rows';
import { isReadByTime, lookedOf, lookedThrough, shownSince } from './looked';
import { hasAllOf, Scan, scanAsked } from './scan';
import { lastRowOf, PagesAtRest, pageAhead } from './settled-pages';

/** Pages kept, so that scrolling back asks nothing: some 30,000 rows. */
const mostPagesKept = 300;

/**
 * The rows behind a grid: one request a page at whatever place is asked for, kept so that coming back asks nothing,
 * the next page fetched ahead while scrolling goes steadily one way. `close` cancels what is under way.
 */
export class ListSource implements IDatasource {
  /** The view's filters, with the time that they had when it was opened: every page, search, count and export has the same. */
  readonly filters: Query['filters'];
  readonly #query: Query;
  readonly #mirrored: boolean;
  readonly #keptPages: number;
  readonly #watching = new Set<() => void>();
  readonly #control = new AbortController();
  readonly #pages = new Map<number, PageOfRows>();
  readonly #pending = new Map<number, Promise<PageOfRows>>();
  readonly #resting = new PagesAtRest();
  #state = blankState;
  #first: Promise<PageOfRows> | null = null;
  #lastAsked = -1;
  #anew = false;
  readonly #local: LocalRows;
  #scan: Scan | null = null;
  #bounds: TimeBounds | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;
  readonly #keepFor: ReturnType<typeof keeperOf>;
  /** The first page, where it was asked for before this source was there. */
  #early: Asked | null;
  /** What was seen of the list before, until the server's first page comes. */
  #seen: Seen | null;
  #sight: [first: number, last: number] = [0, 0];
  /** The row at the upper edge of the grid. */
  top = 0;
  /** How long it took to work out the rows that fit, ms. */
  #workedMs = 0;
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
    this.#mirrored = mirrored;
    this.#keptPages = keptPages;
    this.#keepFor = keeperOf(query);
    this.#early = mirrored ? null : takeFirstPage(query);
    this.#seen = mirrored ? null : seenOf(query);
    this.filters = this.#early?.filters ?? heldAt(query, Date.now()).filters;
    // Columns ask nothing of the server, nor do local conditions and order.
    const asked = { ...query, filters: this.filters, columns: undefined };
    this.#query = mirrored ? asked : { ...asked, where: undefined, sort: undefined };
    this.#local = new LocalRows(queryResource(query), () => placedRows(this.#pages));
    if (!mirrored) this.#local.ask(query);
    if (this.#seen) this.#state = { ...blankState, ...seenState(this.#seen) };
  }

  /** Asks for the first page, before there is a grid to ask for it; `anew`: by hand, of a server that may have been away. */
  begin(anew = false) {
    this.#anew = anew;
    this.#page(0, 'visible').catch((error: unknown) => this.#failed(error));
  }

  /** What was seen of the list before, as long as that is shown. */
  get seen(): Seen | null {
    return this.#seen;
  }

  get isMirrored(): boolean {
    return this.#mirrored;
  }

  get state(): ListState {
    return this.#state;
  }

  /** Tells of each change of the state, and so of the rows, until what it gives is called. */
  readonly watch = (tell: () => void): (() => void) => {
    this.#watching.add(tell);
    return () => void this.#watching.delete(tell);
  };

  close() {
    this.keepSeen();
    this.#early?.cancel();
    this.#control.abort();
    this.#scan?.stop();
    clearTimeout(this.#telling);
    this.#resting.clear();
  }

  /** Keeps what was in sight, and the first page, for whoever comes back. */
  keepSeen() {
    const { total, capped, seen } = this.#state;
    if (total === null || seen || this.#mirrored || this.#local.isAsked) return;
    this.#keepFor({ pages: inSight(this.#pages, this.#sight), total, capped, top: this.top });
  }

  /** Shows only rows that fit, in that order; null shows the list as the server has it. */
  setLocal(local: Local) {
    // Rows of before are not held against anything.
    if (this.#seen) this.#state = blankState;
    this.#seen = null;
    const keeps = this.#scan !== null && hasAllOf(this.#scan, local);
    if (!keeps) {
      this.stopSearching();
      this.#scan = null;
    }
    this.#local.ask(local, keeps);
    this.#change({ scan: this.#scan?.progress ?? null, ...this.#looked() });
    this.#searchByItself();
  }

  /** How the tenant's server takes bounds of time, once that is known: reading the rest may cost less by it. */
  learn(bounds: TimeBounds | null) {
    this.#bounds = bounds;
    this.#searchByItself();
  }

  /** The place in the server's order of a row that the grid shows at `index`. */
  placeOf(index: number): number {
    return this.#local.isAsked ? (this.#local.rows[index]?.place ?? index) : index;
  }

  /** Has conditions held against every row of the view, by the reader of exports. */
  searchAll() {
    if (!this.#local.isAsked || this.#state.scan?.state === 'running') return;
    const { asked } = this.#local;
    this.#local.ask(asked);
    const scan = new Scan(scanAsked(this.#query, asked, this.#state), () => {
      if (this.#scan === scan) this.#scanned(scan);
    });
    this.#scan = scan;
    this.#change({ scan: scan.progress, ...this.#looked() });
    void scan.run();
  }

  /** Ends the search; what it found stays. */
  stopSearching() {
    this.#scan?.stop();
  }

  #scanned({ progress }: Scan) {
    const started = this.#state.scan?.state === 'running';
    if (started && progress.state === 'running') this.#tellSoon();
    else this.#tell();
  }

  #searchByItself() {
    const { total, fetchedAt } = this.#state;
    if (!this.#local.isAsked || this.#scan || fetchedAt === null || total === null) return;
    const byTime = isReadByTime(queryResource(this.#query), this.#bounds);
    if (readsByItself(lookedOf(this.#state), byTime)) this.searchAll();
  }

  /** Rows of the local view; the first page is awaited, so that there is something to look through. */
  async #answerLocally({ startRow, endRow, successCallback, failCallback }: IGetRowsParams) {
    try {
      await this.#firstPage();
    } catch (error) {
      if (this.#control.signal.aborted) return;
      failCallback();
      this.#failed(error);
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
    this.#sight = [firstRow, lastRow];
    if (this.#shownSince() !== this.#state.fetchedAt) this.#change({});
    this.#resting.see(Math.floor(firstRow / pageSize), Math.floor(lastRow / pageSize));
  }

  /** Some of the loaded rows, at most so many. */
  loaded(most: number): Row[] {
    return [...this.#shown().values()].flatMap(({ rows }) => rows).slice(0, most);
  }

  /** The rows that are here and fit what is asked of them, in the server's order. */
  all(): Row[] {
    const rows = this.#local.isAsked ? this.#local.rows : placedRows(this.#pages);
    return rows.toSorted((a, b) => a.place - b.place).map(({ row }) => row);
  }

  /** The first row here that fits, without asking. */
  find(fits: (row: Row) => boolean): Row | undefined {
    for (const { rows } of this.#shown().values()) {
      const found = rows.find(fits);
      if (found) return found;
    }
    return this.#scan?.found.find(({ row }) => fits(row))?.row;
  }

  #shownSince(): number | null {
    return shownSince(this.#state, this.#shown(), this.#sight, this.#local.isAsked, this.#scan);
  }

  #shown(): ReadonlyMap<number, PageOfRows> {
    return this.#seen?.pages ?? this.#pages;
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
    const seen = this.#seen?.pages.get(index);
    if (this.#seen && seen) {
      const { total, capped } = this.#seen;
      params.successCallback(seen.rows, capped ? undefined : total);
      if (capped) this.onTotal(total, false);
      // Its first page is asked for already, unless that failed.
      if (!this.#first) this.begin();
      return;
    }
    const answer = () => this.#answer(index, params);
    if (index === 0 || this.#pages.has(index) || this.#pending.has(index)) answer();
    else this.#resting.hold(index, answer);
  }

  #answer(index: number, { successCallback, failCallback }: IGetRowsParams) {
    this.#page(index, 'visible').then(
      (page) => {
        if (this.#control.signal.aborted) return;
        successCallback(page.rows, lastRowOf(this.#state, this.#mirrored, index, page));
        const { total, capped } = this.#state;
        if (index === 0 && capped && total !== null) this.onTotal(total, false);
        this.#fetchAhead(index);
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

  async #page(index: number, priority: 'visible' | 'ahead'): Promise<PageOfRows> {
    const kept = this.#pages.get(index);
    if (kept) return kept;
    const pending = this.#pending.get(index);
    if (pending) return pending;
    // A list that is held at a moment learns it from its first page: other pages wait for that one.
    if (index > 0 && this.#state.until === null) await this.#firstPage();
    const asked = this.#ask(index, priority).finally(() => this.#pending.delete(index));
    this.#pending.set(index, asked);
    if (index === 0) {
      this.#first = asked;
      asked.catch(() => {
        this.#first = null;
      });
    }
    return asked;
  }

  async #firstPage() {
    if (this.#pages.has(0)) return;
    await (this.#first ?? this.#page(0, 'visible'));
  }

  async #ask(index: number, priority: 'visible' | 'ahead'): Promise<PageOfRows> {
    const { until } = this.#state;
    const input = {
      query: this.#query,
      index,
      priority,
      needed: joinedColumns({ ...this.#query, ...this.#local.asked }).map(({ id }) => id),
      // A view that the mirror started continues in the mirror; one that only shows what was seen before has not begun.
      mirrored: this.#mirrored || (this.#seen === null && this.#state.mirror !== null),
      ...(until === null ? {} : { until }),
      ...(index === 0 && this.#anew ? { anew: true } : {}),
    };
    const noted = index === 0 ? this.onLoad() : null;
    try {
      const page = await this.#answerTo(index, input);
      // What ends a run when it is drawn is known by then.
      await noted;
      this.#keep(index, page);
      return page;
    } finally {
      void noted?.then((ended) => ended());
    }
  }

  #answerTo(index: number, input: Parameters<typeof api.list.page.query>[0]): Promise<PageOfRows> {
    const early = index === 0 ? this.#early : null;
    if (!early) return api.list.page.query(input, { signal: this.#control.signal });
    return early.page.finally(() => {
      this.#early = null;
    });
  }

  #keep(index: number, page: PageOfRows) {
    const before = this.#seen;
    this.#seen = null;
    this.#pages.delete(index);
    this.#pages.set(index, page);
    wantNames(this.#query.profile, resourceOf(this.#query.resource), page.rows);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > this.#keptPages && oldest !== undefined && !this.#local.isAsked)
      this.#pages.delete(oldest);
    this.#local.forget();
    const total = this.#state.total;
    const changes = afterPage(this.#state, index, page, before !== null);
    this.#change({ ...changes, loadedRows: rowsIn(this.#pages) });
    if (before) this.onFresh(before);
    if (!page.mirror) void fillJoins(this.#query, page.rows, this.#control.signal, () => this.onJoined());
    this.#change(this.#mirrored ? mirroredMatches(page) : this.#looked());
    if (this.#local.isAsked) {
      this.#searchByItself();
      this.#tellSoon();
    }
    if ((total === null || before) && page.capped) void this.#count();
  }

  #looked(): ReturnType<typeof lookedThrough> {
    const started = performance.now();
    const looked = lookedThrough(this.#local, this.#scan, this.#state.loadedRows, [...this.#pages.keys()]);
    this.#workedMs = performance.now() - started;
    return looked;
  }

  #tell() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#control.signal.aborted || !this.#local.isAsked) return;
    this.#change({ scan: this.#scan?.progress ?? null, ...this.#looked() });
    this.onLoaded();
  }

  /** Counting and sorting anew for each of many steps would cost more than the steps do. */
  #tellSoon() {
    this.#telling ??= setTimeout(() => this.#tell(), Math.max(300, 5 * this.#workedMs));
  }

  /** The exact total of a capped list, asked once in the background; a server that cannot count in time is left alone. */
  async #count() {
    const { until } = this.#state;
    const asked = { query: this.#query, ...(until === null ? {} : { until }) };
    const total = await api.list.count.query(asked, { signal: this.#control.signal }).catch(() => null);
    if (total === null || !this.#state.capped || this.#control.signal.aborted) return;
    this.#change({ total, capped: false });
    this.onTotal(total, true);
  }

  #fetchAhead(index: number) {
    const next = pageAhead(this.#state, this.#lastAsked, index);
    this.#lastAsked = index;
    if (next !== null && !this.#pages.has(next)) this.#page(next, 'ahead').catch(() => {});
  }

  #change(changes: Partial<ListState>) {
    if (this.#control.signal.aborted) return;
    this.#state = { ...this.#state, ...changes };
    this.#state.fetchedAt = this.#shownSince();
    for (const tell of this.#watching) tell();
  }
}
