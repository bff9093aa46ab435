import { type ImportKind, type MatchField, matchFields } from '../../shared/change/import-asked';
import {
  importFieldNamed,
  lackingOfMembers,
  memberImportFields,
  userImportFields,
} from '../../shared/change/import-fields';

export const importFields = { users: userImportFields, members: memberImportFields } as const;

/** Which field each column fills, by its heading; nothing: it is left out. */
export type Mapped = Readonly<Record<string, string>>;

type Column = { heading: string; field: string | null };

/** The mapping that is suggested. Columns without a heading cannot be named: they are left out. */
export const mappedOf = (columns: readonly Column[]): Mapped =>
  Object.fromEntries(
    columns.flatMap(({ heading, field }) => (heading === '' ? [] : [[heading, field ?? '']])),
  );

/** Fields that two columns fill: one of them has to be left out. */
export const doubled = (map: Mapped): Set<string> => {
  const filled = Object.values(map).filter(Boolean);
  return new Set(filled.filter((field, at) => filled.indexOf(field) !== at));
};

/** What users of this file can be found by. */
export const matchesOf = (map: Mapped): MatchField[] =>
  matchFields.filter((field) => Object.values(map).includes(field));

/** Fields that a file of this kind cannot do without, and that no column fills; of users any one of them does. */
export const lackingOf = (kind: ImportKind, map: Mapped): string[] => {
  const filled = Object.values(map);
  if (kind === 'members') return lackingOfMembers(filled.filter(Boolean));
  return matchesOf(map).length > 0 ? [] : [...matchFields];
};

/** The part of custom data that a column's own heading names. */
export const customFieldOf = (heading: string): string => {
  const field = importFieldNamed(userImportFields, heading);
  return field?.id.startsWith('customData.') ? field.id : `customData.${heading}`;
};

/** Fields whose values are shown nowhere. */
export const isSecretField = (field: string): boolean => field === 'password' || field === 'passwordDigest';
