import type { Guard } from './plan.ts';

/** What a file can be of: users, or organizations' members. */
export const importKinds = ['users', 'members'] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a user is found by, in the order in which a file's columns are looked at. */
export const matchFields = ['id', 'primaryEmail', 'username', 'primaryPhone'] as const;
export type MatchField = (typeof matchFields)[number];

/** An import as a window asks for it. `file`: what the core calls the file that was handed over. */
export type HandedImport = {
  profile: string;
  file: string;
  kind: ImportKind;
  sheet?: string;
  /** Fields by heading, nothing for a column to leave out. */
  map: Record<string, string>;
  match?: MatchField;
  clears: boolean;
  keepPasswords: boolean;
  creates: boolean;
  forced: Guard[];
};
