import { DeskError } from '../shared/errors.ts';

const isOneOf = (error: unknown, codes: readonly string[]) =>
  error instanceof DeskError && codes.includes(error.code);

/** True when the tenant does not offer a list, or the app may not read it. */
export const isAbsent = (error: unknown): boolean => isOneOf(error, ['http.not_offered', 'http.forbidden']);

/**
 * True when a row has no such list below it: one that went meanwhile has nothing there, nor has one of a kind that cannot
 * have it.
 */
export const hasNoneBelow = (error: unknown): boolean =>
  isOneOf(error, ['http.not_found', 'http.bad_request', 'http.not_offered']);

/** True when nothing of a list is in the mirror. */
export const isNotMirrored = (error: unknown): boolean => isOneOf(error, ['mirror.empty']);

/** True when the server fails on what it was asked, and nobody before it does. */
export const isFailure = (error: unknown): error is DeskError =>
  error instanceof DeskError && error.detail.status === 500;
