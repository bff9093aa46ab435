import type { Values } from '../../../shared/change/change.ts';
import { mergedAfter } from '../../../shared/change/merge.ts';
import { kept, same } from '../../../shared/change/operations/values.ts';
import type { Row } from '../../../shared/row.ts';
import { operationOf } from '../plan-about.ts';

/** Custom data that says the same as the text of a cell keeps its type: a file has texts only. */
const inTypeOf = (row: Row, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => {
      const [top, ...path] = id.split('.');
      if (top !== 'customData' || path.length === 0) return [id, value];
      const now = path.reduce<unknown>(
        (inner, key) =>
          typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
            ? (inner as Row)[key]
            : undefined,
        row.customData,
      );
      const isText = typeof now === 'string' && typeof value !== 'object' && now === String(value);
      return [id, isText ? now : value];
    }),
  );

/** What a line says of something that is to be made: whole objects of their parts, without what is empty. */
export const filledBy = (create: string, values: Values): Values =>
  mergedAfter(
    operationOf(create),
    {},
    Object.fromEntries(Object.entries(values).filter(([, value]) => kept(value) !== null)),
    [],
  );

/** What a line says of something that is there, as far as it differs: whole objects, in the types that they have. */
export const differingFrom = (update: string, row: Row, values: Values): Values => {
  const emptied = Object.keys(values).filter((id) => id.startsWith('customData.') && values[id] === null);
  const set = Object.fromEntries(Object.entries(values).filter(([id]) => !emptied.includes(id)));
  const merged = mergedAfter(operationOf(update), row, inTypeOf(row, set), emptied);
  return Object.fromEntries(
    Object.entries(merged).filter(([field, value]) => !same(kept(value), kept(row[field] ?? null))),
  );
};
