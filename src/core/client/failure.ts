import { DeskError } from '../../shared/errors.ts';

/** True when the server fails on what it was asked, and nobody before it does. */
export const isFailure = (error: unknown): error is DeskError =>
  error instanceof DeskError && error.detail.status === 500;
