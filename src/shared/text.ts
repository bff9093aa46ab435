import { z } from 'zod';

/** Text that can be sent anywhere: half of a surrogate pair can stand in no address and no file. */
export const wellFormed = z
  .string()
  .refine((text) => text.isWellFormed(), { error: 'contains half of a character', abort: true });
