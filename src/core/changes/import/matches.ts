import type { Refusal } from '../../../shared/change/checks.ts';
import type { PastedEntry } from '../../../shared/pasted.ts';
import type { Query } from '../../../shared/query.ts';
import type { Row } from '../../../shared/row.ts';
import type { SearchField } from '../../../shared/search/terms.ts';
import { lookUp } from '../../rows/find.ts';
import type { PageOfRows } from '../../rows/page.ts';
import { type MatchField, matchFields, type Person } from './people.ts';

/** A page of a view as the server has it, its index from 0. */
export type ReadPage = (query: Query, index: number) => Promise<PageOfRows>;

/** The field of a search that each key is looked up by. */
const searched = {
  id: 'id',
  primaryEmail: 'email',
  username: 'username',
  primaryPhone: 'phone',
} as const satisfies Record<MatchField, SearchField>;

/** The same text for two values that the server takes for one: emails are told apart without their case. */
export const keyText = (field: MatchField, value: string): string =>
  field === 'primaryEmail' ? value.toLowerCase() : value;

/** Who a line is of: one user, nobody yet, or why that cannot be said. */
export type Match = { row: Row } | { row: null } | { refusal: Refusal };

/** Users who have a key, among those that a search found: searches know no case, names and ids do. */
const having = (rows: readonly Row[], field: MatchField, value: string): Row[] =>
  rows.filter((row) => {
    const own = row[field];
    return typeof own === 'string' && keyText(field, own.normalize('NFC')) === keyText(field, value);
  });

type Looked = { field: MatchField; rows: Row[]; unread: boolean };

const matchOf = (person: Person, by: MatchField, looked: readonly Looked[]): Match => {
  const about = (field: MatchField) => `${field}: ${person.keys[field] ?? ''}`;
  const unread = looked.find((one) => one.unread);
  if (unread) return { refusal: { guard: 'not-read-completely', about: about(unread.field) } };
  const several = looked.find(({ rows }) => rows.length > 1);
  if (several) {
    const ids = several.rows.map(({ id }) => String(id)).join(', ');
    return { refusal: { guard: 'several-found', about: `${about(several.field)}: ${ids}` } };
  }
  const own = looked.find(({ field }) => field === by)?.rows[0] ?? null;
  // What belongs to somebody else cannot be given to this one.
  const other = looked.find(({ rows: [row] }) => row !== undefined && row.id !== own?.id);
  if (other)
    return {
      refusal: own
        ? {
            guard: 'several-found',
            about: `${about(by)}: ${String(own.id)}; ${about(other.field)}: ${String(other.rows[0]?.id)}`,
          }
        : { guard: 'taken', about: `${about(other.field)}: ${String(other.rows[0]?.id)}` },
    };
  if (!own && by === 'id' && person.keys.id !== undefined)
    return { refusal: { guard: 'not-found', about: about('id') } };
  return { row: own };
};

/** Who the lines of a batch are of, by the key that the file is matched by; all their keys are looked up at once. */
export const matched = async (
  profile: string,
  people: readonly Person[],
  by: MatchField,
  read: ReadPage,
): Promise<Match[]> => {
  const asked = people.flatMap((person, at) =>
    matchFields.flatMap((field) => {
      const text = person.keys[field];
      // An id that users are not matched by is another system's.
      return text === undefined || (field === 'id' && by !== 'id')
        ? []
        : [{ at, field, text, line: person.line }];
    }),
  );
  const entries: PastedEntry[] = asked.map(({ field, text, line }) => ({
    text,
    line,
    fields: [searched[field]],
  }));
  const { entries: found, rows } = await lookUp(profile, entries, read);
  const looked = people.map((): Looked[] => []);
  for (const [n, { at, field, text }] of asked.entries()) {
    const ids = new Set(found[n]?.ids);
    const own = having(
      rows.filter(({ id }) => ids.has(String(id))),
      field,
      text,
    );
    looked[at]?.push({ field, rows: own, unread: found[n]?.unread === true });
  }
  return people.map((person, at) => matchOf(person, by, looked[at] ?? []));
};
