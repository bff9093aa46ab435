import type { FoundRow, ScanLook } from '../../core/router';
import type { ErrorValue } from '../../shared/errors';
import type { Condition, Count } from '../../shared/local';
import type { Query } from '../../shared/query';
import { mostFound } from '../../shared/scope';
import { api, errorOf } from '../link/api';
import { type Local, sameConditions } from './local-rows';

/** How long to wait between two looks at a running scan, ms. */
const betweenLooksMs = 200;

export type ScanAsked = Parameters<typeof api.list.scan.start.mutate>[0] & { query: Query };

/** Where the reading of all rows of a view is; numbers in rows. */
export type ScanProgress = Pick<ScanLook, 'lookedAt' | 'total' | 'matches' | 'elapsedMs' | 'report'> & {
  state: 'running' | 'done' | 'failed' | 'stopped';
  counts: Count[] | null;
  error: ErrorValue | null;
};

const begun: ScanProgress = {
  state: 'running',
  lookedAt: 0,
  total: null,
  matches: 0,
  elapsedMs: 0,
  report: null,
  counts: null,
  error: null,
};

/** Has the core hold a view's conditions against every row of it, and takes what fits as it is found. */
export class Scan {
  readonly #asked: ScanAsked;
  readonly #onChange: () => void;
  readonly #control = new AbortController();
  /** Rows that fit, in the order in which they were read. */
  readonly found: FoundRow[] = [];
  progress = begun;
  /** Unix ms. */
  readonly begunAt = Date.now();

  /** `onChange` is called after every step. */
  constructor(asked: ScanAsked, onChange: () => void) {
    this.#asked = asked;
    this.#onChange = onChange;
  }

  /** The conditions that rows are held against. */
  get where(): readonly Condition[] {
    return this.#asked.query.where ?? [];
  }

  /** The zone of dates in them. */
  get zone(): string | undefined {
    return this.#asked.query.zone;
  }

  /** Reads to the end, or until `stop`; never rejects. */
  async run(): Promise<void> {
    let id: string | null = null;
    try {
      id = await api.list.scan.start.mutate(this.#asked);
      while (!this.#control.signal.aborted) {
        const look = await api.list.scan.look.query({ id, from: this.found.length });
        if (this.#control.signal.aborted) return;
        const more = this.#take(look);
        if (look.state !== 'running' && !more) return;
        if (!more) await new Promise((done) => setTimeout(done, betweenLooksMs));
      }
    } catch (error) {
      if (!this.#control.signal.aborted) this.#change({ state: 'failed', error: errorOf(error) });
    } finally {
      if (id !== null) await api.list.scan.stop.mutate({ id }).catch(() => {});
    }
  }

  /** What was found so far stays. */
  stop() {
    if (this.progress.state !== 'running') return;
    this.#control.abort();
    this.#change({ state: 'stopped' });
  }

  /** True when there may be more to take at once. A scan has ended for whoever looks once all of it was taken. */
  #take({ found, state, ...look }: ScanLook): boolean {
    // One by one: so many arguments as there may be rows no call takes.
    for (const one of found) this.found.push(one);
    const more = found.length > 0;
    this.#change({ ...look, state: more ? 'running' : state });
    return more;
  }

  #change(changes: Partial<ScanProgress>) {
    this.progress = { ...this.progress, ...changes };
    this.#onChange();
  }
}

const textOf = (condition: Condition) => JSON.stringify(condition);

/** True when a search found every row that could fit something else: asked for as much or more, it only sifts again. */
export const hasAllOf = (
  { where: searched, zone: before, progress }: Scan,
  { where = [], sort, zone }: Local,
): boolean => {
  if ((where.length === 0 && !sort) || before !== zone) return false;
  if (sameConditions(searched, where)) return true;
  const asked = new Set(where.map(textOf));
  const narrows = searched.every((condition) => asked.has(textOf(condition)));
  return narrows && progress.state === 'done' && progress.matches <= mostFound;
};

/** The reading of every row of a view that holds its local conditions against them. */
export const scanAsked = (
  query: Query,
  { where, sort, zone }: Local,
  { until, mirror }: { until: number | null; mirror: object | null },
): ScanAsked => ({
  query: { ...query, ...(where ? { where } : {}), ...(sort ? { sort } : {}), ...(zone ? { zone } : {}) },
  mirrored: mirror !== null,
  ...(until === null ? {} : { until }),
});
