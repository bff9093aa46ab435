import { DeskError, type ErrorValue } from '../shared/errors.ts';
import type { Argument, Flag } from './flags.ts';

/** Wrong usage of the terminal: the flag or argument to mend, and what is wrong with it. */
export const wrongUsage = (where: Flag | Argument, reason: string) =>
  new DeskError('usage.invalid', { where, reason });

/** A flag or argument that lacks, and what is to be given. */
export const missingUsage = (where: Flag, reason: string) =>
  new DeskError('usage.missing', { where, reason });

/** What the parts of a query that are not filters are called on a command line. */
const flags = {
  resource: '<resource>',
  search: '[search...]',
  joined: '--with',
  passphrase: '--passphrase-stdin',
  where: '--where',
} as const satisfies Record<string, Flag | Argument>;

const flagsByPart: ReadonlyMap<string, string> = new Map(Object.entries(flags));

const flagOf = (part: string): string => flagsByPart.get(part) ?? (part.startsWith('-') ? part : `--${part}`);

/** An error as the terminal tells it: all of a query comes from flags there, so a wrong query is a wrong flag. */
export const asUsage = (error: ErrorValue): ErrorValue =>
  error.code === 'query.invalid'
    ? {
        code: 'usage.invalid',
        detail: { ...error.detail, ...(error.detail.where ? { where: flagOf(error.detail.where) } : {}) },
      }
    : error;
