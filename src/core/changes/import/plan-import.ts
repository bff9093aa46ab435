import { createHash } from 'node:crypto';
import { type ImportKind, importKinds } from '../../../shared/change/import-asked.ts';
import { memberImportFields, userImportFields } from '../../../shared/change/import-fields.ts';
import type { Look } from '../../../shared/change/operations/operation.ts';
import { lookAt } from '../../../shared/change/operations/request.ts';
import { rowOf } from '../../../shared/change/operations/values.ts';
import type { Guard, PlanAbout } from '../../../shared/change/plan.ts';
import type { OnStep } from '../../../shared/change/planning.ts';
import { secretRefOf } from '../../../shared/change/secrets.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Row } from '../../../shared/row.ts';
import type { Session } from '../../client/session.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Pages } from '../../tenants/pages.ts';
import type { ChangeDesk } from '../change-desk.ts';
import type { PlanItem } from '../plan.ts';
import { seenBy } from '../present.ts';
import { writeFailed } from './failed.ts';
import { type ImportFile, type ImportFormat, openImport } from './file.ts';
import { isEmptyCell } from './line.ts';
import type { LineResult } from './line-result.ts';
import { leftOut, type Mapped, type Mapping, mappingOf, suggestedOf } from './mapping.ts';
import type { ReadPage } from './matches.ts';
import { membersOf } from './members.ts';
import { namedIds } from './named-ids.ts';
import { type FileSecret, secretsIn } from './secrets.ts';
import { type UsersAsked, usersOf } from './users.ts';

export { type ImportKind, importKinds };

export type ImportAsked = UsersAsked & {
  profile: string;
  path: string;
  kind: ImportKind;
  format?: ImportFormat | undefined;
  sheet?: string | undefined;
  /** Fields by heading, nothing for a column to leave out. */
  map?: Mapped | undefined;
  /** Of members: organizations that are not there are made. */
  creates?: boolean;
  forced?: readonly Guard[];
};

export type PlannedImport = {
  about: PlanAbout;
  /** The columns that fill a field, and those that fill none. */
  columns: { heading: string; field: string }[];
  leftOut: string[];
  sheet: string | null;
  otherSheets: string[];
  /** Lines with something in them. */
  lines: number;
  /** Lines whose organization is made, or changed, by the change of another one, by that. */
  joined: ReadonlyMap<number, number>;
  /** Of the file. */
  sha256: string;
};

export type ImportHow = { onStep?: OnStep; signal?: AbortSignal };

export type ImportDeps = {
  pages: Pages;
  sessionOf: (profile: string) => Promise<Session>;
  changes: ChangeDesk;
  settings: Settings;
};

const fieldsOf = { users: userImportFields, members: memberImportFields } as const;

/** Files of the same kind and headings are mapped in the same way: as of this tenant, or else as of another. */
const mappingKeys = ({ headings }: ImportFile, { kind, profile }: Pick<ImportAsked, 'kind' | 'profile'>) =>
  [
    [kind, headings, profile],
    [kind, headings],
  ].map((key) => createHash('sha256').update(JSON.stringify(key)).digest('hex'));

type WithSettings = Pick<ImportDeps, 'settings'>;

const rememberedOf = (file: ImportFile, asked: ImportAsked, { settings }: WithSettings): Mapped =>
  mappingKeys(file, asked)
    .map((key) => settings.importMapping(key))
    .find((known) => Object.keys(known).length > 0) ?? {};

const mapped = (file: ImportFile, asked: ImportAsked, deps: WithSettings) => {
  const { kind, map = {} } = asked;
  const remembered = rememberedOf(file, asked, deps);
  return mappingOf(file.headings, fieldsOf[kind], { map, remembered, name: file.name });
};

/** A line of a file as items of a plan: all its keys were looked up (`matched`). A line with nothing to do is one that changes nothing. */
const itemsOf = ({ line, label, id, refusal, drafts, ...result }: LineResult): PlanItem[] => {
  const resource = result.of ?? 'users';
  if (result.with !== undefined && drafts.length === 0) return [];
  const target = { resource, id, parent: '', label: label.slice(0, 256) };
  const none = { operation: `${resource}.update`, target, values: {}, line };
  if (refusal) return [{ ...none, refused: refusal }];
  if (drafts.length === 0) return [none];
  return drafts.map(({ operation, target: own, after }) => ({
    operation,
    target: own,
    values: after,
    line,
    isFree: true,
  }));
};

const fileSecretsOf = (items: readonly PlanItem[]): FileSecret[] =>
  items.flatMap(({ values }) =>
    Object.values(values).flatMap((value) => {
      const ref = secretRefOf(value);
      return ref?.secret === 'file' ? [ref] : [];
    }),
  );

const linesOf = async (
  file: ImportFile,
  mapping: Mapping,
  asked: ImportAsked,
  session: Session,
  pages: Pages,
  how: { onLine?: (lines: number) => void; signal?: AbortSignal },
): Promise<LineResult[]> => {
  const profile = session.profile.id;
  const { signal } = how;
  const read: ReadPage = async (query, index) => {
    const page = await pages.page({ query, index }, { priority: 'ahead', ...(signal ? { signal } : {}) });
    // What was not read from the server is not a reason to change it.
    if (page.mirror) throw new DeskError('network.interrupted', { where: session.profile.endpoint });
    return page;
  };
  const isForUsers = ({ type }: Row) => type === undefined || type === 'User';
  const rowAt = async (look: Look): Promise<Row> => {
    const row = rowOf([await seenBy(session, look, signal ? { signal } : {})]);
    if (!row) throw new DeskError('changes.incomplete', { where: look.path });
    return row;
  };
  if (asked.kind === 'members')
    return membersOf(file, mapping, {
      profile,
      read,
      organization: (id) => rowAt(lookAt('/api/organizations/{id}', { id })),
      organizations: namedIds(profile, 'organizations', read),
      roles: namedIds(profile, 'organization-roles', read, isForUsers),
      creates: asked.creates ?? false,
      ...how,
    });
  return usersOf(file, mapping, asked, {
    profile,
    read,
    user: (userId, { digest }) =>
      rowAt(lookAt('/api/users/{userId}', { userId }, digest ? [['includePasswordHash', 'true']] : [])),
    roles: namedIds(profile, 'roles', read, isForUsers),
    ...how,
  });
};

/**
 * Plans the import of a file: every line is a user or organization to create, changes to one, nothing, or refused with its reason. Nothing
 * is written. How its columns are mapped is remembered for files of the same headings. Throws `DeskError`.
 */
export const planImport = async (
  deps: ImportDeps,
  asked: ImportAsked,
  { onStep, signal }: ImportHow = {},
): Promise<PlannedImport> => {
  await using file = await openImport(asked.path, asked);
  const mapping = mapped(file, asked, deps);
  const { map = {} } = asked;
  if (Object.keys(map).length > 0) {
    const known = { ...rememberedOf(file, asked, deps), ...map };
    for (const key of mappingKeys(file, asked)) deps.settings.changeImportMapping(key, known);
  }
  const session = await deps.sessionOf(asked.profile);
  const how = {
    ...(onStep ? { onLine: (count: number) => onStep({ stage: 'lines', count, total: null }) } : {}),
    ...(signal ? { signal } : {}),
  };
  const lines = await linesOf(file, mapping, asked, session, deps.pages, how);
  const items = lines.flatMap(itemsOf);
  const { name, sha256, sheet, otherSheets, path } = file;
  const refs = fileSecretsOf(items);
  const fileSecret = refs.length > 0 ? await secretsIn(path, { sha256, sheet }, refs) : null;
  const about = await deps.changes.planItems(session.profile.id, items, {
    title: 'import',
    forced: asked.forced ?? [],
    source: { name, sha256, sheet },
    ...(fileSecret ? { fileSecret } : {}),
    ...(onStep ? { onStep } : {}),
    ...(signal ? { signal } : {}),
  });
  const columns = mapping.columns.flatMap(({ heading, field }) =>
    field ? [{ heading, field: field.id }] : [],
  );
  const joined = new Map(
    lines.flatMap((one) => (one.with === undefined ? [] : [[one.line, one.with] as const])),
  );
  return {
    about,
    columns,
    leftOut: leftOut(mapping),
    sheet,
    otherSheets,
    lines: lines.length,
    joined,
    sha256,
  };
};

/** A file before its import is planned: its columns, what each seems to fill, and some of what is in it. */
export type ImportLook = {
  name: string;
  format: ImportFormat;
  sheet: string | null;
  otherSheets: string[];
  /** `field`: an id, null where the heading tells nothing. `samples`: none of a column of passwords. */
  columns: { heading: string; field: string | null; samples: string[] }[];
};

/** Lines that samples are taken from, samples of a column, and characters of one. */
const sampled = { lines: 30, most: 3, longest: 80 };
const secretKinds: readonly string[] = ['password', 'digest'];

/** Looks at a file. Throws `import.unreadable`, `import.too_large`. */
export const lookAtImport = async (
  deps: Pick<ImportDeps, 'settings'>,
  asked: ImportAsked,
): Promise<ImportLook> => {
  await using file = await openImport(asked.path, asked);
  const fields = suggestedOf(file.headings, fieldsOf[asked.kind], rememberedOf(file, asked, deps));
  const columns = file.headings.map((heading, at) => ({
    heading,
    field: fields[at]?.id ?? null,
    samples: [] as string[],
  }));
  let count = 0;
  for await (const { cells } of file.lines()) {
    count += 1;
    if (count > sampled.lines) break;
    for (const [at, { samples }] of columns.entries()) {
      const cell = cells[at];
      if (cell === undefined || isEmptyCell(cell) || samples.length === sampled.most) continue;
      if (secretKinds.includes(fields[at]?.kind ?? '')) continue;
      const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
      if (!samples.includes(text)) samples.push(text.slice(0, sampled.longest).toWellFormed());
    }
  }
  const { name, format, sheet, otherSheets } = file;
  return { name, format, sheet, otherSheets, columns };
};

/** Writes the lines of the file that were planned with, and have a reason, to another one (`writeFailed`). */
export const writeFailedLines = async (
  deps: Pick<ImportDeps, 'settings'>,
  asked: ImportAsked,
  path: string,
  reasonOf: (line: number) => string | null,
): Promise<number> => {
  await using file = await openImport(asked.path, asked);
  return await writeFailed(file, mapped(file, asked, deps), path, reasonOf);
};
