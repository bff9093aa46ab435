import type { Row } from '../../row.ts';
import type { Values } from '../change.ts';
import { idsOf, objectOf, rowsIn, text, texts } from './values.ts';

/** Organization roles of rows that a list gives with them, by the rows' ids; rows without any are left out. */
export const rolesById = (rows: readonly Row[]): Values =>
  Object.fromEntries(
    rows.flatMap(({ id, organizationRoles }) => {
      const ids = idsOf(rowsIn(organizationRoles));
      return ids.length > 0 ? [[text(id), ids.toSorted()] as const] : [];
    }),
  );

/** The same as pairs, for the requests that give them. */
export const rolesThere = (value: unknown): [string, string[]][] =>
  Object.entries(objectOf(value)).map(([id, ids]) => [id, texts(ids)]);
