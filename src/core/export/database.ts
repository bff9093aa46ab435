import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import { withoutPasswords } from '../client/scrub.ts';
import type { Batch } from '../harvest/batch.ts';
import { overlapMs } from '../harvest/by-time.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import { openClickHouse } from './clickhouse.ts';
import { viewOf } from './manifest.ts';
import { openPostgres } from './postgres.ts';
import type { ExportProgress } from './read-into.ts';
import type { Progress, RowTable } from './table.ts';

/** Rows that are loaded at a time: of each several copies are in memory while it is. */
const batchRows = 1_500;

export type DatabaseAsked = {
  query: Query;
  /** `postgres://…` or `clickhouse://…`, without a password: see `databaseUrl`. */
  url: string;
  table: string;
  /** Without TLS outside this machine, too. */
  insecure?: boolean;
  /** Logs: resumes where an earlier run stopped, and reads newer ones; other lists are read whole. */
  resume: boolean;
};

type Deps = {
  source: Source;
  clock: () => number;
  signal: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
};

const kinds = [
  { protocols: ['postgres:', 'postgresql:'], open: openPostgres },
  { protocols: ['clickhouse:', 'http:', 'https:'], open: openClickHouse },
] as const;

/** What an address may say besides where: anything else could name another host, or switch checks off. */
const parameters = ['application_name', 'connect_timeout', 'sslmode'];
/** Values of `sslmode` with which PostgreSQL checks the certificate here. */
const checked = ['', 'require', 'verify-ca', 'verify-full'];

/** True where the way to a database leaves no machine: a loopback address, or a socket in the file system. */
const staysHere = ({ hostname, protocol }: URL): boolean => {
  const host =
    decodeURIComponent(hostname) || (protocol.startsWith('postgres') ? process.env.PGHOST : '') || '';
  return /^(localhost|127(\.\d+){3}|\[?::1\]?|\/.*)?$/i.test(host);
};

/**
 * The address of a database, and what opens a table there. Throws `usage.invalid` for another address, for one that
 * carries a password (that comes from `PGPASSWORD`, `~/.pgpass` or `CLICKHOUSE_PASSWORD`), and for one outside this machine
 * without TLS, unless that is asked for.
 */
export const databaseUrl = (text: string, insecure = false) => {
  const url = URL.parse(text);
  const kind = kinds.find(({ protocols }) => protocols.some((protocol) => protocol === url?.protocol));
  const refuse = (reason: string) => new DeskError('usage.invalid', { where: '--to', reason });
  if (!url || !kind)
    throw refuse('expected postgres://user@host/database or clickhouse://user@host:8123/database');
  if (url.password || [...url.searchParams.keys()].some((name) => /pass/i.test(name)))
    throw refuse(
      'a password belongs in PGPASSWORD, ~/.pgpass, or CLICKHOUSE_PASSWORD, not on the command line',
    );
  const other = [...url.searchParams.keys()].find((name) => !parameters.includes(name));
  if (other !== undefined) throw refuse(`an address must not contain ${other}`);
  const local = staysHere(url);
  const isPostgres = kind.open === openPostgres;
  const mode = url.searchParams.get('sslmode') ?? '';
  const secure = isPostgres ? checked.includes(mode) : url.protocol === 'https:';
  if (!local && !secure && !insecure)
    throw refuse(
      'beyond this machine, verified TLS is required (https:// for ClickHouse); --insecure turns that off',
    );
  const tls = isPostgres && (local || insecure ? mode !== '' && checked.includes(mode) : true);
  url.searchParams.delete('sslmode');
  return { url, open: kind.open, tls };
};

/** A table's own progress is that of all rows; what a view is narrowed by makes it another one. */
const notesOf = (table: string, { profile, resource, parent, filters, where, zone }: Query): string => {
  const isNarrowed =
    parent !== undefined ||
    Object.values(filters).some((one) => one?.some(Boolean)) ||
    Boolean(where?.length);
  const view = {
    profile,
    resource,
    filters,
    ...(parent ? { parent } : {}),
    ...(where ? { where, zone } : {}),
  };
  return isNarrowed ? `${table} ${viewOf(view)}` : table;
};

/** Passwords that a database may have been sent. */
const passwords = () =>
  [process.env.PGPASSWORD, process.env.CLICKHOUSE_PASSWORD].filter((one) => one !== undefined);

/** The error without a password that the server wrote back. */
const databaseError = (error: unknown, url: URL): unknown =>
  error instanceof DeskError
    ? error
    : new DeskError('export.database', {
        where: url.host,
        reason: error instanceof Error ? withoutPasswords(error.message, passwords()) : '',
      });

/**
 * Loads a view's rows into a table, created when it is absent: `tenant`, `id`, `body` (the row as JSON) and the
 * catalogue's columns, typed. Rows are known by tenant and id, so that a repeated run changes nothing. Throws `DeskError`.
 */
export const exportToDatabase = async (
  { query, url: text, table: name, resume, insecure }: DatabaseAsked,
  { source, clock, signal, onProgress }: Deps,
): Promise<HarvestReport[]> => {
  const { url, open, tls } = databaseUrl(text, insecure);
  const resource = queryResource(query);
  const time = resource.pin?.column;
  const timeOf = (row: Row | undefined) => Number(time && row ? valueAt(row, time) : Number.NaN);
  const tests = testsOf(resource, query.where, { now: clock(), zone: query.zone });
  const reports: HarvestReport[] = [];
  let table: RowTable | null = null;
  let done = 0;

  /** One span of time, or all of a list; `base` is the progress that reading it adds to. */
  const readSpan = async (
    into: RowTable,
    filters: Query['filters'],
    base: Progress | null,
    advances: boolean,
  ) => {
    let progress = base;
    let newest = base?.newest ?? 0;
    let oldest = base?.reached ?? Number.MAX_SAFE_INTEGER;
    let checkpoint: Batch['checkpoint'] = () => null;
    let isLacking = false;
    const before = done;
    let waiting: Row[] = [];
    const flush = async () => {
      if (waiting.length === 0) return;
      const rows = waiting;
      waiting = [];
      // What is older than a row that lacks, or comes in no order of time, the next run reads again.
      if (time && advances && checkpoint()?.kind === 'time' && !isLacking)
        progress = { newest, reached: oldest, done: false };
      await into.load(rows, advances ? progress : null);
      done += rows.length;
      onProgress?.({ rows: done, total: null });
    };
    const batches = withReturn(
      source.read({
        query: { ...query, filters },
        signal,
        onLack: () => {
          isLacking = true;
        },
      }),
    );
    for await (const batch of batches) {
      ({ checkpoint } = batch);
      for (const at of batch.rows.map(timeOf).filter(Number.isFinite)) {
        newest = Math.max(newest, at);
        oldest = Math.min(oldest, at);
      }
      waiting.push(...batch.rows.filter((row) => rowIdOf(resource, row) !== '' && fits(tests, row)));
      if (waiting.length < batchRows) continue;
      await flush();
      // What was read ahead is not a reason to continue.
      signal.throwIfAborted();
    }
    await flush();
    const report = batches.returned;
    const whole = isComplete(report);
    reports.push({ ...report, rows: done - before });
    if (time && advances && newest > 0) {
      // Where rows lack that nobody missed on the way is not known: all of the span is read again.
      if (isComplete({ ...report, uncounted: 0 })) progress = { newest, reached: oldest, done: false };
      else if (progress && !isLacking) progress = { ...progress, reached: base?.reached ?? newest };
      // Of a whole one its caller notes that it is done.
      if (progress && !whole) await into.note(progress);
    }
    return { progress, whole };
  };

  try {
    const tenant = source.profile.endpoint;
    table = await open({ url: url.href, tls, table: name, notes: notesOf(name, query), tenant, resource });
    // A view of a fixed time is read as it is: there is nothing newer or older to continue with.
    const isSpan = query.filters.time?.some(Boolean) === true;
    const before = resume && time && !isSpan ? await table.known() : null;
    // An unfinished run first, from the millisecond where it was down to the oldest; then what is newer than all of it.
    const older = before
      ? before.done
        ? { progress: before, whole: true }
        : await readSpan(table, { ...query.filters, time: ['', String(before.reached + 1)] }, before, true)
      : await readSpan(table, query.filters, null, !isSpan);
    if (older.progress && older.whole) await table.note({ ...older.progress, done: true });
    if (before) {
      const newer = await readSpan(
        table,
        { ...query.filters, time: [String(before.newest - overlapMs), ''] },
        null,
        false,
      );
      const newest = await table.newest();
      if (older.progress && older.whole && newer.whole && newest !== null)
        await table.note({ ...older.progress, newest, done: true });
    }
    return reports;
  } catch (error) {
    if (signal.aborted) throw new DeskError('cancelled');
    throw databaseError(error, url);
  } finally {
    await table?.close().catch(() => {});
  }
};
