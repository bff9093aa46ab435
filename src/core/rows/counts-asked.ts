import { z } from 'zod';
import { timeBuckets } from '../../shared/local.ts';
import { zoneSchema } from '../../shared/query.ts';
import { wellFormed } from '../../shared/text.ts';

/** What rows are counted by: a column, moments by their hour, day or month of a zone (UTC where none is named). */
export const countsSchema = z.object({
  column: wellFormed.min(1).max(128),
  bucket: z.enum(timeBuckets).nullable(),
  zone: zoneSchema.optional(),
});
export type CountsAsked = z.infer<typeof countsSchema>;
