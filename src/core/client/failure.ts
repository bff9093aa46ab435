import { DeskError } from '../../shared/errors.ts';

/** True when the server fails on what it was asked, and nobody before it does. */
export const isFailure = (error: unknown): error is DeskError =>
  error instanceof DeskError && error.detail.status === 500;

/** True when what was asked did not come, whoever is to blame: the server, a proxy before it, or the network. */
export const isUnanswered = (error: unknown): error is DeskError =>
  error instanceof DeskError && /^(http|network)\./.test(error.code);
