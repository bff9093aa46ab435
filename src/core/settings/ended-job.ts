import { z } from 'zod';
import type { HarvestReport } from '../harvest/report.ts';

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

const report = z.object({
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

const result = report.extend({ bytes: count, sha256: z.string() });

const file = z.object({
  name: z.string(),
  file: z.string(),
  rows: count,
  state: z.enum(['complete', 'incomplete', 'kept', 'absent']),
  report: report.exactOptional(),
});

/** What a job came to that ended with rows that lack, `at` in unix ms: shown again after a restart, and asked for again. */
export const endedSchema = z.object({
  at: z.number(),
  result: result.nullable(),
  files: z.array(file).nullable(),
});
export type Ended = z.infer<typeof endedSchema>;

const trimmed = <Report extends HarvestReport>(whole: Report): Report => ({
  ...whole,
  lacks: whole.lacks.slice(0, keptLacks),
});

/** What is kept of a job that ended. */
export const endedOf = (job: {
  endedAt: number | null;
  result: Ended['result'];
  files: Ended['files'];
}): Ended => ({
  at: job.endedAt ?? 0,
  result: job.result && trimmed(job.result),
  files: job.files?.map((one) => (one.report ? { ...one, report: trimmed(one.report) } : one)) ?? null,
});
