import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { FoundRow, PageOfRows } from '../../core/router';
import { resourceOf } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import type { Condition } from '../../shared/local';
import { heldAt, type Query, queryResource, type TimeBounds } from '../../shared/query';
import type { Row } from '../../shared/row';
import { mostFound, readsByItself } from '../../shared/scope';
import { wantNames } from '../common/names';
import { api, errorOf } from '../link/api';
import { blankState, type ListState } from './list-state';
import { type Local, LocalRows } from './local-rows';
import { isReadByTime, lookedOf } from './looked';
import { Scan } from './scan';
import { PagesAtRest } from './settled-pages';

/** Pages kept, so that scrolling back asks nothing: some 30,000 rows. */
const mostPagesKept = 300;

const textOf = (condition: Condition) => JSON.stringify(condition);

const sameConditions = (one: readonly Condition[], other: readonly Condition[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** True when a search found every row that could fit something else: asked for as much or more, it only sifts again. */
const hasAllOf = (
  { where: searched, zone: before, progress }: Scan,
  { where = [], sort, zone }: Local,
): boolean => {
  if ((where.length === 0 && !sort) || before !== zone) return false;
  if (sameConditions(searched, where)) return true;
  const asked = new Set(where.map(textOf));
  const narrows = searched.every((condition) => asked.has(textOf(condition)));
  return narrows && progress.state === 'done' && progress.matches <= mostFound;
};

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
  readonly #onState: (state: ListState) => void;
  readonly #control = new AbortController();
  readonly #pages = new Map<number, PageOfRows>();
  readonly #pending = new Map<number, Promise<PageOfRows>>();
  readonly #resting = new PagesAtRest();
  #state = blankState;
  #first: Promise<PageOfRows> | null = null;
  #lastAsked = -1;
  readonly #local: LocalRows;
  #scan: Scan | null = null;
  #bounds: TimeBounds | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** How long it took to work out the rows that fit, ms. */
  #workedMs = 0;
  /** Called before the first page is asked for; what it gives is called when that has ended. */
  onLoad: () => Promise<() => void> = async () => () => {};
  /** Called when rows were loaded while a local filter or order shows them. */
  onLoaded: () => void = () => {};
  /** Called when a total becomes known that no page carries to the grid: a lower bound, or the exact one after it. */
  onTotal: (total: number, exact: boolean) => void = () => {};

  /** `mirrored`: conditions and order are the mirror's to answer, for all rows. */
  constructor(
    query: Query,
    mirrored: boolean,
    onState: (state: ListState) => void,
    keptPages = mostPagesKept,
  ) {
    this.#mirrored = mirrored;
    this.#keptPages = keptPages;
    this.filters = heldAt(query, Date.now()).filters;
    // Columns ask nothing of the server, nor do local conditions and order.
    const asked = { ...query, filters: this.filters, columns: undefined };
    this.#query = mirrored ? asked : { ...asked, where: undefined, sort: undefined };
    this.#local = new LocalRows(queryResource(query), () => this.#placed());
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
    this.#scan?.stop();
    clearTimeout(this.#telling);
    this.#resting.clear();
  }

  /** Shows only rows that fit, in that order; null shows the list as the server has it. */
  setLocal(local: Local) {
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
    const { until, mirror } = this.#state;
    const { asked } = this.#local;
    this.#local.ask(asked);
    const scan = new Scan(
      {
        query: {
          ...this.#query,
          ...(asked.where ? { where: asked.where } : {}),
          ...(asked.zone ? { zone: asked.zone } : {}),
        },
        mirrored: mirror !== null,
        ...(until === null ? {} : { until }),
      },
      () => {
        if (this.#scan === scan) this.#scanned(scan);
      },
    );
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

  /** The rows that are here and fit what is asked of them, in the server's order. */
  all(): Row[] {
    const rows = this.#local.isAsked ? this.#local.rows : this.#placed();
    return rows.toSorted((a, b) => a.place - b.place).map(({ row }) => row);
  }

  /** The first row here that fits, without asking. */
  find(fits: (row: Row) => boolean): Row | undefined {
    for (const { rows } of this.#pages.values()) {
      const found = rows.find(fits);
      if (found) return found;
    }
    return this.#scan?.found.find(({ row }) => fits(row))?.row;
  }

  /** Every loaded row with its place, in the server's order. */
  #placed(): FoundRow[] {
    return [...this.#pages.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([index, { rows }]) => rows.map((row, at) => ({ row, place: index * pageSize + at })));
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
    const { total, capped, matching } = this.#state;
    if (this.#mirrored && matching !== null) return matching;
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
    const ended = index === 0 ? await this.onLoad() : null;
    try {
      const page = await api.list.page.query(input, { signal: this.#control.signal });
      this.#keep(index, page);
      return page;
    } finally {
      ended?.();
    }
  }

  #keep(index: number, page: PageOfRows) {
    this.#pages.delete(index);
    this.#pages.set(index, page);
    wantNames(this.#query.profile, resourceOf(this.#query.resource), page.rows);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > this.#keptPages && oldest !== undefined && !this.#local.isAsked)
      this.#pages.delete(oldest);
    this.#local.forget();
    const whole = page.of ?? page.total;
    const known = this.#state.total !== null;
    const first = !known && whole !== null;
    const end = page.capped && page.rows.length < pageSize ? index * pageSize + page.rows.length : null;
    const { total, capped } = this.#state;
    this.#change({
      ...(first ? { total: page.capped ? whole - 1 : whole, capped: page.capped } : {}),
      // Past the cap the end is where a page comes back short (FACTS pagination 4).
      ...(end !== null && capped && page.rows.length > 0 ? { total: end, capped: false } : {}),
      changed: this.#state.changed || (known && !capped && !page.capped && whole !== null && whole !== total),
      until: this.#state.until ?? page.until,
      mirror: page.mirror ?? null,
      byPosition: page.timeBy === 'position',
      fetchedAt: page.fetchedAt,
      loadedRows: [...this.#pages.values()].reduce((sum, { rows }) => sum + rows.length, 0),
      error: null,
      loading: false,
    });
    if (this.#mirrored)
      this.#change({ matching: page.of === undefined ? null : page.total, lookedAt: whole ?? 0 });
    else this.#change(this.#looked());
    if (this.#local.isAsked) {
      this.#searchByItself();
      this.#tellSoon();
    }
    if (first && page.capped) void this.#count();
  }

  /** What the local conditions and order were held against, and what came of it. */
  #looked(): Pick<ListState, 'matching' | 'lookedAt' | 'fromTop'> {
    const started = performance.now();
    const { loadedRows } = this.#state;
    const scan = this.#scan;
    const further = scan !== null && (scan.progress.state === 'done' || scan.progress.lookedAt >= loadedRows);
    const isScans = scan !== null && sameConditions(scan.where, this.#local.asked.where ?? []);
    if (further) this.#local.take(scan.found, isScans);
    const { count } = this.#local;
    const matching = count !== null && further && isScans ? scan.progress.matches : count;
    this.#workedMs = performance.now() - started;
    const indices = [...this.#pages.keys()];
    return {
      matching,
      lookedAt: further ? scan.progress.lookedAt : loadedRows,
      fromTop: further || Math.max(...indices, -1) === indices.length - 1,
    };
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
