import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Query } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { passing } from './batch.ts';
import { nothingRead } from './report.ts';
import type { Source } from './source.ts';

/** Rows that are read at a time. */
const pageRows = 500;

type Part = { offset: number; limit: number };

/** Some rows of a view, each with an `id`, and how many it has. */
type OwnPage = { total: number; rows: readonly Row[] };

/**
 * A view of a list that this computer keeps as what an export reads: the rows that there are when it begins. `open` gives what
 * reads a part of the view, held at that moment; `view` is what it is called in an error.
 */
export const ownSource = (
  profile: Profile,
  view: string,
  open: (query: Query) => Promise<(part: Part) => Promise<OwnPage>>,
): Source => ({
  profile,
  async *read({ query, signal, onTotal, picked }) {
    if (query.where || query.sort)
      throw new DeskError('query.invalid', { where: 'where', reason: `${view} has filters only` });
    const page = await open(query);
    const wanted = picked && new Set(picked.map(({ id }) => id));
    let rows = 0;
    let expected = 0;
    for (let offset = 0; ; offset += pageRows) {
      signal.throwIfAborted();
      const part = await page({ offset, limit: pageRows });
      if (offset === 0) {
        expected = wanted?.size ?? part.total;
        onTotal?.(expected);
      }
      const found = part.rows.filter(({ id }) => wanted?.has(String(id)) !== false);
      rows += found.length;
      if (found.length > 0) yield passing(found);
      if (offset + pageRows >= part.total)
        return { ...nothingRead, rows, before: expected, expected, missing: Math.max(0, expected - rows) };
    }
  },
});
