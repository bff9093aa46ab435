import type { ZodType } from 'zod';

/**
 * A value held against a schema; null where it is not of it. To hold it throws nothing, as `safeParse` may: a check compares
 * the `length` of whatever poses as a text, and of some there is nothing to compare.
 */
export const heldTo = <T>(schema: ZodType<T>, value: unknown): T | null => {
  try {
    return schema.safeParse(value).data ?? null;
  } catch {
    return null;
  }
};
