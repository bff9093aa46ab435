import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Resource } from '../../shared/catalog/index.ts';
import { maskSecrets, type Row } from '../../shared/row.ts';

/** How long rows are masked before others get their turn, ms; a page of usual rows takes one. */
const turnMs = 20;

/** Rows with their secrets masked, in their order. Of what a hostile server sends, each may take a tenth of a second. */
export const maskedRows = async (
  resource: Pick<Resource, 'secrets' | 'words'>,
  rows: readonly Row[],
): Promise<Row[]> => {
  const masked: Row[] = [];
  let turn = performance.now();
  for (const row of rows) {
    masked.push(maskSecrets(resource, row));
    if (performance.now() - turn < turnMs) continue;
    await nextTurn();
    turn = performance.now();
  }
  return masked;
};
