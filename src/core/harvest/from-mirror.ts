import { DeskError } from '../../shared/errors.ts';
import { asAsked, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf } from '../../shared/row.ts';
import type { Mirrors } from '../mirror/mirror.ts';
import type { HarvestOptions } from './harvest.ts';
import type { HarvestReport } from './report.ts';

/** Rows that are taken from the mirror at a time. */
const batchRows = 1_000;

/**
 * Every row of a view as the mirror has it, its conditions and order included. Throws `mirror.empty` when nothing of the
 * list is kept, `cancelled` when the signal is aborted.
 */
export async function* harvestMirror(
  mirrors: Mirrors,
  { query, signal, until, picked, onTotal }: Omit<HarvestOptions, 'session' | 'clock'>,
): AsyncGenerator<Row[], HarvestReport> {
  const asked = asAsked(query);
  const resource = queryResource(asked);
  const wanted = picked && new Set(picked.map(({ id }) => id));
  let rows = 0;
  for (let offset = 0; ; offset += batchRows) {
    if (signal.aborted) throw new DeskError('cancelled');
    const page = await mirrors.page(query.profile, asked, offset, batchRows, until);
    if (page.asOf === null) throw new DeskError('mirror.empty', { where: resource.id });
    if (offset === 0) onTotal?.(wanted?.size ?? page.total);
    const chosen = wanted ? page.rows.filter((row) => wanted.has(rowIdOf(resource, row))) : page.rows;
    rows += chosen.length;
    if (chosen.length > 0) yield chosen;
    if (offset + batchRows < page.total) continue;
    const expected = wanted?.size ?? page.total;
    return {
      rows,
      repeated: 0,
      before: expected,
      expected,
      mended: 0,
      missing: expected - rows,
      added: null,
      removed: null,
      unproven: 0,
      mirror: { asOf: page.asOf, whole: page.whole },
    };
  }
}
