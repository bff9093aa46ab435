import type { Row } from '../../row.ts';
import type { TakenRows } from './operation.ts';
import { text } from './values.ts';

const nameOf = (row: Row): string =>
  [row.name, row.username, row.primaryEmail, row.primaryPhone, row.emailDomain, row.invitee, row.id]
    .map(text)
    .find((one) => one !== '') ?? '';

/** Rows of a list that a delete takes along. */
export const takenRows = (list: string, rows: readonly Row[], isBack = true): TakenRows => ({
  list,
  count: rows.length,
  names: rows.map(nameOf),
  isBack,
});
