import { z } from 'zod';

/** Text that can be sent anywhere: half of a surrogate pair can stand in no address and no file. */
export const wellFormed = z
  .string()
  .refine((text) => text.isWellFormed(), { error: 'contains half of a character', abort: true });

/** Control characters, line ends, and characters that change the order in which others are read. */
const steering = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

/** Text that stands on one line and shows what it is: a name that comes in a file. */
export const plainText = wellFormed.refine((text) => !steering.test(text), {
  error: 'contains control characters',
});
