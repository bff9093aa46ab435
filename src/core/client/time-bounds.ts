import type { Resource } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { pathValues, type TimeBounds } from '../../shared/query.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import type { ApiReader } from './client.ts';

/** Windows in which no tenant has a log, unix ms: whose rows come all the same does not know of one of the bounds. */
const before = [1_000, 2_000] as const;
const after = [4_102_444_800_000, 4_102_444_801_000] as const;

/** Logs whose millisecond is asked for: one of them may lie at the very beginning of it. */
const known = 2;

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
  const read = async (params: readonly (readonly [string, string])[], size = 1): Promise<Row[]> => {
    const { body } = await api.read(resource.path, {
      path: pathValues(resource.path, parent, resource.fixed),
      params: [
        ...params,
        ...(capped ? [['enableCap', 'true'] as const] : []),
        ['page', '1'] as const,
        ['page_size', String(size)] as const,
      ],
    });
    return Array.isArray(body) ? (body as Row[]) : [];
  };
  const rowsIn = ([from, to]: Window) =>
    read([
      [pin.since, String(from)],
      [pin.until, String(to)],
    ]).catch((error: unknown) => {
      // Who refuses a window has understood it.
      if (error instanceof DeskError && error.code === 'http.bad_request') return [];
      throw error;
    });
  const [early, late, newest] = await Promise.all([rowsIn(before), rowsIn(after), read([], known)]);
  if (early.length > 0 || late.length > 0) return 'ignored';
  const moments = new Set(newest.map((row) => Number(valueAt(row, pin.column))).filter(Number.isFinite));
  if (moments.size === 0) return null;
  const found = await Promise.all([...moments].map((at) => rowsIn([at, at])));
  return found.every((rows) => rows.length > 0) ? 'inclusive' : 'exclusive';
};
