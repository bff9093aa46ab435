import type { Seen } from '../../shared/change/operations/operation.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';

const lacking = new WeakSet<object>();

/** Rows of a list that may have more, which the operator overrides. */
export const notedLacking = (rows: Row[]): Row[] => {
  lacking.add(rows);
  return rows;
};

/** True where a list may have rows that were not read: that one is not among those that were says nothing. */
export const mayBeMissing = (seen: readonly Seen[]): boolean =>
  seen.some((one) => one !== null && lacking.has(one));

/** True of an answer by which the server fails on the object itself, or on one of a page. */
export const isFailing = (error: unknown): boolean =>
  error instanceof DeskError && error.detail.status === 500;

/**
 * What is read of a list, or null where the server fails on one of its rows and that may be: the operator overrides that rows may
 * lack. Throws `changes.rows_hidden` where it may not.
 */
export const orHidden = async <T>(
  path: string,
  mayLack: boolean,
  read: () => Promise<T>,
): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DeskError) || !isFailing(error)) throw error;
    if (mayLack) return null;
    throw new DeskError('changes.rows_hidden', { ...error.detail, where: path });
  }
};
