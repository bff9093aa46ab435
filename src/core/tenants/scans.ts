import { randomUUID } from 'node:crypto';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { type Count, type Counting, counter } from '../../shared/local.ts';
import { joinedColumns, type Query, queryResource } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { mostFound } from '../../shared/scope.ts';
import { withReturn } from '../base/with-return.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import type { Pages } from './pages.ts';

/** Rows that one look takes along. */
const rowsOfLook = 2_000;

/** Values of a column that a look tells of. */
const valuesOfLook = 1_000;

/** A scan that nobody looks at for so long ends, ms: a page that is out of sight may look once a minute only. */
const forgottenMs = 180_000;

export type ScanAsked = {
  /** The view; its conditions are held against every row. Its order is left to whoever looks, who finds in rows what it needs. */
  query: Query;
  /** Moment that the view is held at, unix ms. */
  until?: number | undefined;
  /** The copy on this computer is read, not the server. */
  mirrored: boolean;
  /** Rows that fit are counted by a column, not handed out. */
  counts?: Counting | undefined;
};

/** A row that fits, and its place among all rows of the view, from 0. */
export type FoundRow = { row: Row; place: number };

export type ScanLook = {
  state: 'running' | 'done' | 'failed';
  /** Rows read so far, each counted once. */
  lookedAt: number;
  /** Rows that the view has, as the server said when reading began; null where it says none. */
  total: number | null;
  /** Rows that fit so far. */
  matches: number;
  /** Those of them from the place that was asked for on, some thousand at most. */
  found: FoundRow[];
  /** How many rows that fit have each value, the first of them; null where rows are handed out. */
  counts: Count[] | null;
  elapsedMs: number;
  /** The outcome of reading; null while it is running, and where it failed. */
  report: HarvestReport | null;
  error: ErrorValue | null;
};

type Scan = {
  look: Omit<ScanLook, 'found' | 'counts' | 'elapsedMs'>;
  profile: string;
  startedAt: number;
  endedAt: number | null;
  /** Rows that fit and were not taken yet; the first of them is number `taken`. */
  found: FoundRow[];
  taken: number;
  counts: (() => Count[]) | null;
  control: AbortController;
  forget: ReturnType<typeof setTimeout>;
};

/**
 * Conditions that the API does not know, held against every row of a view by the reader of exports. A scan runs while
 * somebody looks: each look takes what was found since the one before.
 */
export class Scans {
  readonly #pages: Pages;
  readonly #clock: () => number;
  readonly #scans = new Map<string, Scan>();

  constructor(pages: Pages, clock: () => number) {
    this.#pages = pages;
    this.#clock = clock;
  }

  /**
   * Starts to read a view. Throws `DeskError` when its tenant or list is not known, `mirror.members` when a condition or the
   * order is about who belongs to what, and the copy does not know all of that.
   */
  async start(asked: ScanAsked): Promise<string> {
    const { mirrored } = asked;
    const needed = joinedColumns(asked.query).map(({ id }) => id);
    if (needed.length > 0) await this.#pages.joined(asked, [], needed);
    const { query } = await this.#pages.withIds({ query: asked.query, mirrored });
    const { where: _, sort: __, ...bare } = query;
    const source = await this.#pages.source({ query: bare, mirrored });
    const id = randomUUID();
    const scan: Scan = {
      look: { state: 'running', lookedAt: 0, total: null, matches: 0, report: null, error: null },
      profile: source.profile.id,
      startedAt: this.#clock(),
      endedAt: null,
      found: [],
      taken: 0,
      counts: null,
      control: new AbortController(),
      forget: this.#forgetLater(id),
    };
    this.#scans.set(id, scan);
    void this.#run(scan, source, { ...asked, query, needed }, bare);
    return id;
  }

  /** What a scan found, starting with match number `from`; earlier matches are dropped. Throws `scan.gone`. */
  look(id: string, from: number): ScanLook {
    const scan = this.#scans.get(id);
    if (!scan) throw new DeskError('scan.gone');
    clearTimeout(scan.forget);
    scan.forget = this.#forgetLater(id);
    scan.found.splice(0, Math.max(0, from - scan.taken));
    scan.taken = Math.max(scan.taken, from);
    return {
      ...scan.look,
      found: scan.found.slice(0, rowsOfLook),
      counts: scan.counts ? scan.counts().slice(0, valuesOfLook) : null,
      elapsedMs: (scan.endedAt ?? this.#clock()) - scan.startedAt,
    };
  }

  /** Ends a scan and drops what it found. */
  stop(id: string) {
    const scan = this.#scans.get(id);
    this.#scans.delete(id);
    clearTimeout(scan?.forget);
    scan?.control.abort();
  }

  /** Ends the scans of one tenant, or all. */
  stopAll(profile?: string) {
    for (const [id, scan] of this.#scans)
      if (profile === undefined || scan.profile === profile) this.stop(id);
  }

  #forgetLater(id: string) {
    return setTimeout(() => this.stop(id), forgottenMs).unref();
  }

  async #run(scan: Scan, source: Source, asked: ScanAsked & { needed: string[] }, bare: Query) {
    const { look, control } = scan;
    const tests = testsOf(queryResource(bare), asked.query.where, {
      now: scan.startedAt,
      zone: bare.zone,
    });
    const counting = asked.counts && counter(asked.counts);
    if (counting) scan.counts = counting.counts;
    try {
      const pages = withReturn(
        source.read({
          query: bare,
          signal: control.signal,
          ...(asked.until === undefined ? {} : { until: asked.until }),
          onTotal: (total) => {
            look.total = total;
          },
        }),
      );
      const isJoined = asked.needed.length > 0;
      for await (const batch of pages) {
        const rows = isJoined ? await this.#pages.joined(asked, batch.rows, asked.needed) : batch.rows;
        const first = look.lookedAt;
        const fitting = rows.flatMap((row, at) => (fits(tests, row) ? [{ row, place: first + at }] : []));
        if (counting) for (const { row } of fitting) counting.add(row);
        else if (fitting.length > 0 && look.matches < mostFound) {
          const wanted = fitting.slice(0, mostFound - look.matches);
          const found = wanted.map(({ row }) => row);
          const joined = isJoined ? found : await this.#pages.joined(asked, found);
          scan.found.push(...wanted.map(({ place }, at) => ({ row: joined[at] ?? {}, place })));
        }
        look.matches += fitting.length;
        look.lookedAt = first + rows.length;
      }
      look.report = pages.returned;
      look.state = 'done';
    } catch (error) {
      look.error = errorValueOf(error);
      look.state = 'failed';
    }
    scan.endedAt = this.#clock();
  }
}
