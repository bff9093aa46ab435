import { DeskError } from './errors.ts';

/** Holds filters to those that a view of this program's own has. Throws `query.invalid`; `view` is what it is called there. */
export const holdFilters = (
  filters: Readonly<Record<string, unknown>>,
  known: readonly string[],
  view: string,
): void => {
  const unknown = Object.keys(filters).find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new DeskError('query.invalid', { where: unknown, reason: `${view} has no filter "${unknown}"` });
};
