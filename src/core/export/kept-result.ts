import { z } from 'zod';
import { reportSchema, trimmed } from '../harvest/kept-report.ts';
import type { ListOutcome } from './folder.ts';

const count = z.number().int().min(0);

/** What an export came to that ended. */
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

/** What became of files, as it is kept. */
export const trimmedFiles = (files: readonly ListOutcome[]): ListOutcome[] =>
  files.map((one) => (one.report ? { ...one, report: trimmed(one.report) } : one));
