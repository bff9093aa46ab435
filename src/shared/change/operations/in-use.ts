import type { Look, Operation } from './operation.ts';
import { rowsOf } from './values.ts';

/** Parameters of a look that only asks whether a list has a row. */
export const firstOnly: NonNullable<Look['params']> = [
  ['page', '1'],
  ['page_size', '1'],
];

/** Refuses what has rows in one of the lists that are looked at besides; `lists`: their ids, in that order. */
export const inUse =
  (...lists: readonly string[]): NonNullable<Operation['guard']> =>
  (_, seen) => {
    const list = lists.find((_one, at) => rowsOf(seen, at + 1).length > 0);
    return list === undefined ? null : { guard: 'in-use', about: list };
  };
