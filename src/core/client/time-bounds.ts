import type { Resource } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { pastEnd } from '../../shared/limits.ts';
import { pathValues, type TimeBounds } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import type { ApiReader } from './client.ts';
import { isFailure } from './failure.ts';

/** Windows in which no tenant has a log, unix ms: whose rows come all the same does not know of one of the bounds. */
const before = [1_000, 2_000] as const;
const after = [4_102_444_800_000, 4_102_444_801_000] as const;

/** Logs whose millisecond is asked for: one of them may lie at the very beginning of it. */
const known = 2;
/** Newest logs among which those are looked for where the server fails on some. */
const mostNewest = 12;

type Window = readonly [from: number, to: number];

/**
 * How a server takes the time bounds of a list: by harmless questions, as neither an answer nor the document says it (FACTS
 * older servers). Null when the list has no row by which that could be told. Throws `DeskError` where the list cannot be
 * read at all.
 */
export const askTimeBounds = async (
  api: ApiReader,
  resource: Resource,
  parent: string | undefined,
): Promise<TimeBounds | null> => {
  const { pin, capped } = resource;
  if (!pin) return null;
  const read = async (
    params: readonly (readonly [string, string])[],
    { page = 1, size = known } = {},
  ): Promise<Row[]> => {
    const { body } = await api.read(resource.path, {
      path: pathValues(resource.path, parent, resource.fixedPath),
      params: [
        ...params,
        ...(capped ? [['enableCap', 'true'] as const] : []),
        ['page', String(page)] as const,
        ['page_size', String(size)] as const,
      ],
    });
    return Array.isArray(body) ? (body as Row[]) : [];
  };
  /** True when a window has rows. */
  const hasRows = async ([from, to]: Window): Promise<boolean> => {
    const window = [[pin.since, String(from)] as const, [pin.until, String(to)] as const];
    try {
      return (await read(window)).length > 0;
    } catch (error) {
      // Who refuses a window has understood it.
      if (error instanceof DeskError && error.code === 'http.bad_request') return false;
      if (!isFailure(error)) throw error;
      // What fails, while an answer without rows does not, has a row that it fails on.
      await read(window, { page: pastEnd, size: 1 });
      return true;
    }
  };
  /** The newest rows of those that the server does not fail on. */
  const newestRows = async (): Promise<Row[]> => {
    try {
      return await read([]);
    } catch (error) {
      if (!isFailure(error)) throw error;
      await read([], { page: pastEnd, size: 1 });
      const rows: Row[] = [];
      for (let page = 1; page <= mostNewest && rows.length < known; page += 1)
        rows.push(...(await read([], { page, size: 1 }).catch(orNone)));
      return rows;
    }
  };
  const [early, late, newest] = await Promise.all([hasRows(before), hasRows(after), newestRows()]);
  if (early || late) return 'ignored';
  const moments = new Set(newest.map((row) => Number(valueAt(row, pin.column))).filter(Number.isFinite));
  if (moments.size === 0) return null;
  const found = await Promise.all([...moments].map((at) => hasRows([at, at])));
  return found.every(Boolean) ? 'inclusive' : 'exclusive';
};

/** No rows where the server fails on them. */
const orNone = (error: unknown): Row[] => {
  if (isFailure(error)) return [];
  throw error;
};
