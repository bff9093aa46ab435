import { DeskError } from '../../shared/errors.ts';
import { queryResource, toServerQuery } from '../../shared/query.ts';
import { rowIdOf } from '../../shared/row.ts';
import { type Batch, passing } from '../harvest/batch.ts';
import type { HarvestOptions } from '../harvest/options.ts';
import { type HarvestReport, nothingRead } from '../harvest/report.ts';
import type { Mirrored, Mirrors } from './mirror.ts';

/** Rows that are taken from the mirror at a time. */
const batchRows = 1_000;

/**
 * Every row of a view as the mirror has it, its conditions and order included. Throws `mirror.empty` when nothing of the
 * list is kept, `cancelled` when the signal is aborted.
 */
export async function* harvestMirror(
  mirrors: Mirrors,
  profile: Mirrored,
  { query, signal, until, picked, onTotal }: Omit<HarvestOptions, 'session' | 'clock'>,
): AsyncGenerator<Batch, HarvestReport> {
  const asked = toServerQuery(query);
  const resource = queryResource(asked);
  const wanted = picked && new Set(picked.map(({ id }) => id));
  // One moment: what is written to the mirror meanwhile moves no row of the view.
  const { numbers, asOf, whole } = await mirrors.view(profile, asked, until, signal);
  if (asOf === null) throw new DeskError('mirror.empty', { where: resource.id });
  const expected = wanted?.size ?? numbers.length;
  onTotal?.(expected);
  let rows = 0;
  for (let offset = 0; offset < numbers.length; offset += batchRows) {
    if (signal.aborted) throw new DeskError('cancelled');
    const batch = await mirrors.rowsAt(profile, asked, numbers.slice(offset, offset + batchRows));
    const chosen = wanted ? batch.filter((row) => wanted.has(rowIdOf(resource, row))) : batch;
    rows += chosen.length;
    if (chosen.length > 0) yield passing(chosen);
  }
  return {
    ...nothingRead,
    rows,
    before: expected,
    expected,
    missing: expected - rows,
    added: null,
    removed: null,
    mirror: { asOf, whole },
  };
}
