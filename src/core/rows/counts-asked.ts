import { z } from 'zod';
import { timeBuckets } from '../../shared/local.ts';
import { wellFormed } from '../../shared/text.ts';

/** What rows are counted by: a column, moments by their hour, day or month (UTC). */
export const countsSchema = z.object({
  column: wellFormed.min(1).max(128),
  bucket: z.enum(timeBuckets).nullable(),
});
export type CountsAsked = z.infer<typeof countsSchema>;
