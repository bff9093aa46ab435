import { z } from 'zod';
import type { HarvestReport } from '../harvest/report.ts';
import type { ListOutcome } from './folder.ts';

/** Lacks that are kept of a report: enough to say where rows lack; the whole list is in the manifest. */
const keptLacks = 20;

const count = z.number().int().min(0);
const orUnknown = z.number().nullable();

const lack = z.object({
  kind: z.enum(['missing', 'unproven', 'unreadable', 'uncounted']),
  rows: orUnknown,
  parent: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  place: z.number().exactOptional(),
  time: z.object({ from: orUnknown, to: orUnknown }).exactOptional(),
});

const reportSchema = z.object({
  rows: count,
  repeated: count,
  before: orUnknown,
  expected: orUnknown,
  mended: count,
  missing: count,
  added: orUnknown,
  removed: orUnknown,
  unproven: count,
  unreadable: count,
  uncounted: count,
  lacks: z.array(lack),
  joined: z.object({ whole: z.boolean() }).exactOptional(),
  mirror: z.object({ asOf: z.number(), whole: z.boolean() }).exactOptional(),
});

/** What an export came to that ended with rows that lack. */
export const exportResultSchema = reportSchema.extend({ bytes: count, sha256: z.string() });

const fileSchema = z.object({
  name: z.string(),
  file: z.string(),
  rows: count,
  state: z.enum(['complete', 'incomplete', 'kept', 'absent']),
  report: reportSchema.exactOptional(),
});

/** What a folder's export came to. */
export const folderResultSchema = z.object({ rows: count, files: z.array(fileSchema) });

/** A report as it is kept: with its first lacks. */
export const trimmed = <Report extends HarvestReport>(whole: Report): Report => ({
  ...whole,
  lacks: whole.lacks.slice(0, keptLacks),
});

/** What became of files, as it is kept. */
export const trimmedFiles = (files: readonly ListOutcome[]): ListOutcome[] =>
  files.map((one) => (one.report ? { ...one, report: trimmed(one.report) } : one));
