import { z } from 'zod';
import { type ErrorValue, isErrorValue } from '../../shared/errors.ts';
import { querySchema } from '../../shared/query.ts';

/**
 * A job that is under way or broke off, as the settings keep it. `asked` is what it was asked, which its kind reads
 * (`JobKind.request`). `pid`: the process that works on it, since `pidAt`, unix ms.
 */
export const keptJobSchema = z.object({
  kind: z.string().max(32).default('export'),
  path: z.string().default(''),
  profile: z.string().default(''),
  title: z.string().default(''),
  pid: z.number().int().default(0),
  /** An older version noted no moment: whoever has the number is it. */
  pidAt: z.number().default(Number.MAX_SAFE_INTEGER),
  startedAt: z.number().default(0),
  asked: z.unknown(),
  /** Set where it ended, `at` in unix ms, and rows lack that can be asked for again; its kind reads what it came to. */
  ended: z.object({ at: z.number(), result: z.unknown() }).optional().catch(undefined),
});
export type KeptJob = z.infer<typeof keptJobSchema>;

/** An error as the settings keep it. */
export const errorSchema = z.custom<ErrorValue>(isErrorValue);

/** A job that ended, as the settings keep it to be listed after a restart. Its kind reads what it came to (`JobKind.result`). */
export const endedJobSchema = z.object({
  id: z.uuid(),
  kind: z.string().max(32),
  title: z.string(),
  profile: z.string(),
  /** An older version kept none. */
  query: querySchema.nullable().default(null).catch(null),
  picked: z.boolean(),
  state: z.enum(['done', 'failed', 'cancelled']),
  rows: z.number(),
  total: z.number().nullable(),
  startedAt: z.number(),
  endedAt: z.number(),
  path: z.string(),
  run: z.string(),
  result: z.unknown(),
  error: errorSchema.nullable(),
});
export type EndedJob = z.infer<typeof endedJobSchema>;
