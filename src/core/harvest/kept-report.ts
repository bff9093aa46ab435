import { z } from 'zod';
import type { HarvestReport } from './report.ts';

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

/** What reading a list came to, as the settings keep it. */
export const reportSchema = z.object({
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
  joined: z
    .object({
      whole: z.boolean(),
      lacks: z.array(z.object({ column: z.string(), of: z.array(z.string()) })).exactOptional(),
    })
    .exactOptional(),
  mirror: z.object({ asOf: z.number(), whole: z.boolean() }).exactOptional(),
});

/** A report as it is kept: with its first lacks. */
export const trimmed = <Report extends HarvestReport>(whole: Report): Report => ({
  ...whole,
  lacks: whole.lacks.slice(0, keptLacks),
  ...(whole.joined?.lacks
    ? {
        joined: {
          ...whole.joined,
          lacks: whole.joined.lacks.map(({ column, of }) => ({ column, of: of.slice(0, keptLacks) })),
        },
      }
    : {}),
});
