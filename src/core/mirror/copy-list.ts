import type { Resource } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Session } from '../client/session.ts';
import type { Batch } from '../harvest/batch.ts';
import { overlapMs } from '../harvest/by-time.ts';
import { harvest } from '../harvest/harvest.ts';
import type { HarvestReport } from '../harvest/report.ts';
import { hasNoneBelow, isAbsent } from '../rows/absent.ts';
import type { Covered, LeftCopy } from './copy-progress.ts';
import type { Mirrors } from './mirror.ts';

export type ListAsked = {
  profile: string;
  /** Logs from this moment on, unix ms; absent: all. */
  logsSince?: number | undefined;
  /** Resumes a copy that began at this moment or later, unix ms; absent: begins anew. */
  resume?: number;
};

export type ListDeps = { session: Session; mirrors: Mirrors; clock: () => number; signal: AbortSignal };

/** What copying a list came to. `absent`: the tenant does not offer it, or the app may not read it. */
export type ListCopy = {
  rows: number;
  gone: number;
  whole: boolean;
  absent: boolean;
  /** Set where rows lack: how many, and where. */
  report?: HarvestReport;
};

/**
 * Rows and ms after which what was read is written, with how far the copy is. To hand rows over to the mirror's worker holds
 * the main thread up: few at a time.
 */
const flushRows = 500;
const flushMs = 500;
const dayMs = 86_400_000;

/** Where a copy of a list begins, and from when on the list will be known then. Unix ms, null: the very beginning. */
type Span = { from: number | null; since: number | null; readsOn: boolean };

const everything: Span = { from: null, since: null, readsOn: false };

const spanOf = (covered: Covered | null, logsSince: number | undefined): Span => {
  const wanted = logsSince ?? null;
  // A copy that begins later than what is asked for now has to be read from there anew.
  const isEnough = covered?.since === null || (wanted !== null && wanted >= (covered?.since ?? 0));
  return covered && isEnough
    ? { from: covered.reached - overlapMs, since: covered.since, readsOn: true }
    : { from: wanted, since: wanted, readsOn: false };
};

/** True when a copy that was to begin at one moment serves for another: spans that count back from now move on. */
const isAbout = (begins: number | null, from: number | null): boolean =>
  begins === from || (begins !== null && from !== null && begins <= from && from - begins <= dayMs);

/**
 * Copies one list. One that can be cut by time is read on from where the last whole copy of it ended; any other is read
 * whole, and what is not there any more is marked as gone. What a copy that began at `resume` or later has is not read
 * again; of logs, what any copy has that was to begin at the same moment. Throws `DeskError`.
 */
export const copyList = async (
  asked: ListAsked,
  resource: Resource,
  parent: string | undefined,
  deps: ListDeps,
  tell: (rows: number, total: number | null) => void,
): Promise<ListCopy> => {
  const { logsSince, resume } = asked;
  const { profile } = deps.session;
  const { id, pin } = resource;
  const list: Query = {
    profile: profile.id,
    resource: id,
    ...(parent === undefined ? {} : { parent }),
    filters: {},
  };
  const known = await deps.mirrors.copiesOf(profile, list);
  if (resume !== undefined && known.wholeAt !== null && known.wholeAt >= resume) {
    const kept = await deps.mirrors.list(profile, list);
    return { rows: kept?.rows ?? 0, gone: 0, whole: true, absent: false };
  }
  const isCut = pin !== undefined && parent === undefined;
  const span = isCut ? spanOf(known.covered, logsSince) : everything;
  const isLeft = ({ startedAt, begins }: LeftCopy) =>
    (resume !== undefined && startedAt >= resume) || (isCut && isAbout(begins, span.from));
  const left = known.left && isLeft(known.left) ? known.left : null;
  const begun = left && !span.readsOn ? { from: left.begins, since: left.begins } : span;
  const read = await readList({ list, parent, pin, isCut, ...begun, left }, deps, tell);
  if (!left || !isCut || !read.whole) return read;
  // It had been held at the moment when it first began: what came since is read on.
  const newer = await copyList(
    { profile: profile.id, ...(logsSince === undefined ? {} : { logsSince }) },
    resource,
    parent,
    deps,
    (rows) => tell(read.rows + rows, null),
  );
  return { ...newer, rows: read.rows + newer.rows, gone: read.gone + newer.gone };
};

type Reading = {
  list: Query;
  parent: string | undefined;
  pin: Resource['pin'];
  isCut: boolean;
  /** Where it begins, and from when on the list will be known then. Unix ms, null: the very beginning. */
  from: number | null;
  since: number | null;
  left: LeftCopy | null;
};

const readList = async (
  { list, parent, pin, isCut, from, since, left }: Reading,
  { session, mirrors, clock, signal }: ListDeps,
  tell: (rows: number, total: number | null) => void,
): Promise<ListCopy> => {
  const { profile } = session;
  const startedAt = left?.startedAt ?? (await mirrors.begin(profile, list, from));
  let rows = left?.rows ?? 0;
  let total: number | null = null;
  const batches = withReturn(
    harvest({
      session,
      query: from === null ? list : { ...list, filters: { time: [String(from), ''] } },
      clock,
      signal,
      ...(left ? { resumed: { state: left.state, ids: mirrors.copiedIds(profile, list) } } : {}),
      onTotal: (of) => {
        total = of;
        tell(rows, total);
      },
    }),
  );
  let waiting: Row[] = [];
  let checkpoint: Batch['checkpoint'] = () => null;
  let writtenAt = performance.now();
  const flush = async () => {
    if (waiting.length > 0) await mirrors.putCopied(profile, list, waiting, startedAt, checkpoint());
    waiting = [];
    writtenAt = performance.now();
  };
  try {
    for await (const batch of batches) {
      rows += batch.rows.length;
      for (const row of batch.rows) waiting.push(row);
      ({ checkpoint } = batch);
      if (waiting.length >= flushRows || performance.now() - writtenAt >= flushMs) await flush();
      tell(rows, total);
    }
    await flush();
    const report = batches.returned;
    const whole = isComplete(report);
    // Of logs read on from the last ones, older ones were not looked at: none of them can be told gone. The lists of
    // logs below rows only have those of the last time: older ones are not gone either.
    const marksGone = from === null && (pin === undefined || isCut);
    const gone = whole
      ? await mirrors.finish(profile, list, { startedAt, at: clock(), since, marksGone })
      : 0;
    return { rows, gone, whole, absent: false, ...(whole ? {} : { report }) };
  } catch (error) {
    // What was read is kept, however it ended.
    await flush().catch(() => {});
    if (parent !== undefined && hasNoneBelow(error)) {
      const gone = await mirrors.finish(profile, list, { startedAt, at: clock(), since, marksGone: true });
      return { rows: 0, gone, whole: true, absent: false };
    }
    if (!isAbsent(error)) throw error;
    return { rows: 0, gone: 0, whole: false, absent: true };
  }
};
