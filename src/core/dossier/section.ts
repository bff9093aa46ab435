import { findResource } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { isWhole, type SectionError, type SectionState } from '../../shared/dossier.ts';
import { DeskError, errorValueOf } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';
import { maskSecrets, type Row } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import { type HarvestReport, nothingRead } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import { mirrorOf, together } from '../harvest/together.ts';
import { hasNoneBelow, isNotMirrored, isNotOffered } from '../rows/absent.ts';
import type { Section } from './dossier.ts';

/** A list that is read for a section; `of`: the row below which it is, where the section has several lists. */
export type Part = { query: Query; of?: { id: string; name: string } };

/** What is read, and what of it belongs to the user. */
export type SectionAsked = { id: string; parts: readonly Part[]; keep?: (row: Row) => boolean };

/** What reads need: where the rows of a query come from, and a signal that ends all of them. */
export type Reading = {
  source: (query: Query) => Promise<Source>;
  signal: AbortSignal;
  /** Rows read so far, of the section that is being read. */
  onRows?: (rows: number) => void;
};

type Outcome =
  | { kind: 'read'; rows: Row[]; report: HarvestReport }
  | { kind: 'absent' | 'notCopied' }
  | { kind: 'failed'; error: SectionError };

/** Lists below rows that are read at the same time. */
const partsTogether = 8;

const isNotCopied = (error: unknown) =>
  isNotMirrored(error) || (error instanceof DeskError && error.code === 'snapshot.without');

/** True where nobody else has to be asked either. */
const endsAll = (error: unknown) =>
  !(error instanceof DeskError) || error.code === 'cancelled' || error.code === 'locked';

const readPart = async ({ query, of }: Part, { source, signal, onRows }: Reading): Promise<Outcome> => {
  const rows: Row[] = [];
  try {
    const list = findResource(query.resource);
    const batches = withReturn((await source(query)).read({ query, signal }));
    for await (const batch of batches) {
      for (const row of batch.rows) rows.push(list ? maskSecrets(list, row) : row);
      onRows?.(rows.length);
    }
    return { kind: 'read', rows, report: batches.returned };
  } catch (error) {
    if (signal.aborted || endsAll(error)) throw error;
    if (isNotCopied(error)) return { kind: 'notCopied' };
    // One that says that the user has none is an answer, as long as the user is there, which is looked at in the end.
    if (hasNoneBelow(error) && isNotOffered(error)) return { kind: 'read', rows: [], report: nothingRead };
    if (isNotOffered(error)) return { kind: 'absent' };
    return { kind: 'failed', error: { ...errorValueOf(error), ...(of ? { of } : {}) } };
  }
};

const stateOf = (
  outcomes: readonly Outcome[],
  report: HarvestReport,
  lacksBelow: SectionState | null,
): SectionState => {
  const has = (kind: Outcome['kind']) => outcomes.some((one) => one.kind === kind);
  if (outcomes.length === 0) return lacksBelow ?? 'complete';
  if (!has('read')) return has('failed') ? 'failed' : has('notCopied') ? 'notCopied' : 'absent';
  const isAll = !has('failed') && !has('notCopied') && isComplete(report) && lacksBelow === null;
  return isAll ? 'complete' : 'incomplete';
};

/**
 * Reads a section. What cannot be read is in it as an error; the call throws only where all of the dossier ends. `above`:
 * the section whose rows those of this one are below, which cannot be more whole than that is.
 */
export const readSection = async (
  { id, parts, keep = () => true }: SectionAsked,
  reading: Reading,
  above?: Section,
): Promise<Section> => {
  const outcomes: { part: Part; outcome: Outcome }[] = [];
  for (let at = 0; at < parts.length; at += partsTogether) {
    const some = parts.slice(at, at + partsTogether);
    const read = await Promise.all(
      some.map(async (part) => ({ part, outcome: await readPart(part, reading) })),
    );
    outcomes.push(...read);
  }
  const seen = new Set<string>();
  const isNew = (row: Row) => {
    const key = JSON.stringify(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const rows: Row[] = [];
  const errors: SectionError[] = [];
  let report = nothingRead;
  for (const { part, outcome } of outcomes) {
    if (outcome.kind === 'failed') errors.push(outcome.error);
    if (outcome.kind !== 'read') continue;
    report = together(report, outcome.report, part.of);
    const { of } = part;
    for (const row of outcome.rows)
      if (keep(row) && (of !== undefined || parts.length === 1 || isNew(row)))
        rows.push(of ? { parentId: of.id, parentName: of.name, ...row } : row);
  }
  const lacksBelow = above && !isWhole(above) ? above.state : null;
  const state = stateOf(
    outcomes.map(({ outcome }) => outcome),
    report,
    lacksBelow,
  );
  return {
    id,
    state,
    rows,
    report: { ...report, ...(above ? mirrorOf(report, above.report) : {}) },
    errors: outcomes.length === 0 && lacksBelow ? [...(above?.errors ?? [])] : errors,
  };
};
