import { resourceOf } from '../../../shared/catalog/index.ts';
import type { Values } from '../../../shared/change/change.ts';
import type { Refusal } from '../../../shared/change/checks.ts';
import { isOwnField, lackingOfMembers } from '../../../shared/change/import-fields.ts';
import { DeskError } from '../../../shared/errors.ts';
import { type PastedEntry, pastedOf } from '../../../shared/pasted.ts';
import { because } from '../../../shared/reasons.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../../shared/row.ts';
import { lookUp } from '../../rows/find.ts';
import type { ImportFile } from './file.ts';
import type { FileLine } from './line.ts';
import { type LineResult, refuseTwins } from './line-result.ts';
import type { Mapping } from './mapping.ts';
import type { ReadPage } from './matches.ts';
import type { NamedIds } from './named-ids.ts';
import { Organizations } from './organizations.ts';
import { refusalOf, refusedFor, unguardedLine, valuesOf } from './people.ts';

export type MembersDeps = {
  profile: string;
  read: ReadPage;
  /** An organization as the server has it. */
  organization: (id: string) => Promise<Row>;
  organizations: NamedIds;
  roles: NamedIds;
  /** Organizations that are not there are made, each with its members. */
  creates?: boolean;
  onLine?: (lines: number) => void;
  signal?: AbortSignal;
};

/** Lines that are looked up together. */
const batchSize = 500;

type Member = {
  line: number;
  /** Its name or id. */
  organization: string;
  /** What the line says of the organization itself, by field, parts of objects with a dot. */
  own: Values;
  /** Null of a line that is of an organization alone. */
  user: PastedEntry | null;
  roles: string[];
  refusal: Refusal | null;
};

/** A line as a membership: an organization and what it is to have, a user by any of its keys, roles there. */
const memberOf = (line: FileLine, mapping: Mapping, isCsv: boolean): Member => {
  const nobody = { line: line.line, organization: '', own: {}, user: null, roles: [] };
  if (line.fault !== undefined)
    return { ...nobody, refusal: refusedFor('unreadable-line', [{ heading: '', why: line.fault }]) };
  const { values, faults } = valuesOf(isCsv ? unguardedLine(line, mapping) : line, mapping, false);
  const refusal = refusalOf(faults);
  if (refusal) return { ...nobody, refusal };
  const { name = '', organization = name, user, roles } = values;
  // A name that an organization is found by is none that it is to be given.
  const isFoundBy = (id: string) => id === 'name' && values.organization === undefined;
  const own = Object.fromEntries(Object.entries(values).filter(([id]) => isOwnField(id) && !isFoundBy(id)));
  const [entry, ...more] = pastedOf(String(user ?? '')).entries;
  const isUser = entry !== undefined && more.length === 0 && entry.fields.length > 0;
  // Roles are somebody's. Where a file tells nothing of organizations themselves, a line without a user says nothing.
  const isAlone =
    user === undefined &&
    roles === undefined &&
    mapping.columns.some(({ field }) => field && isOwnField(field.id));
  const lacking = organization === '' ? 'organization' : isUser || isAlone ? null : 'user';
  return {
    line: line.line,
    organization: String(organization),
    own,
    user: isUser ? { ...entry, line: line.line } : null,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    refusal: lacking
      ? { guard: 'invalid-value', about: `${lacking}: ${String(values[lacking] ?? '')}` }
      : null,
  };
};

/**
 * What every line of a file of organizations and members comes to, in the file's order: what an organization is to have, and a
 * user who joins it, with the roles that the line names; roles that the user has there besides stay. Nothing is written.
 * Throws `DeskError`.
 */
export const membersOf = async (
  file: ImportFile,
  mapping: Mapping,
  deps: MembersDeps,
): Promise<LineResult[]> => {
  const [lacking] = lackingOfMembers(mapping.columns.flatMap(({ field }) => field?.id ?? []));
  if (lacking !== undefined)
    throw new DeskError('import.columns', {
      where: file.name,
      why: because('line.noColumn', { field: lacking }),
    });
  const results: LineResult[] = [];
  const twin = refuseTwins();
  const users = resourceOf('users');
  const organizations = new Organizations(deps);

  /** The user that a line names, among those that were found for it; null, and refused, where that is not one. */
  const userOf = (member: Member, rows: readonly Row[], unread: boolean, result: LineResult): Row | null => {
    const about = `user: ${member.user?.text ?? ''}`;
    const [row, ...others] = rows;
    if (others.length > 0) {
      const ids = rows.map((one) => rowIdOf(users, one)).join(', ');
      result.refusal = { guard: 'several-found', about: `${about}: ${ids}` };
    } else if (!row) result.refusal = { guard: unread ? 'not-read-completely' : 'not-found', about };
    return result.refusal ? null : (row ?? null);
  };

  const join = async (member: Member, row: Row, result: LineResult) => {
    const roles = await deps.roles(member.roles);
    const organization = await organizations.named(member);
    result.refusal = organization.refusal ?? roles.refusal;
    if (organization.refusal || roles.refusal) return;
    result.id = rowIdOf(users, row);
    twin(`${organization.key} ${result.id}`, result);
    if (result.refusal) return;
    result.label = rowLabelOf(users, row).slice(0, 256);
    const { own } = member;
    organizations.add(organization, member.organization, { result, own, member: { roleIds: roles.ids } });
  };

  const alone = async (member: Member, result: LineResult) => {
    const organization = await organizations.named(member);
    result.of = 'organizations';
    result.label = member.organization;
    result.refusal = organization.refusal;
    if (organization.refusal) return;
    result.id = organization.id ?? '';
    organizations.add(organization, member.organization, { result, own: member.own, member: null });
  };

  const work = async (batch: readonly Member[]) => {
    const entries = batch.map(({ user }): PastedEntry => user ?? { text: '', line: 0, fields: [] });
    const { entries: found, rows } = await lookUp(deps.profile, entries, deps.read);
    const byId = new Map(rows.map((row) => [rowIdOf(users, row), row] as const));
    for (const [at, member] of batch.entries()) {
      const label = member.user?.text ?? '';
      const result: LineResult = { line: member.line, label, id: '', refusal: member.refusal, drafts: [] };
      results.push(result);
      if (result.refusal) continue;
      if (!member.user) {
        await alone(member, result);
        continue;
      }
      const own = (found[at]?.ids ?? []).flatMap((id) => {
        const row = byId.get(id);
        return row ? [row] : [];
      });
      const row = userOf(member, own, found[at]?.unread === true, result);
      if (row) await join(member, row, result);
    }
    deps.onLine?.(results.length);
  };

  let batch: Member[] = [];
  for await (const line of file.lines()) {
    deps.signal?.throwIfAborted();
    batch.push(memberOf(line, mapping, file.format === 'csv'));
    if (batch.length < batchSize) continue;
    await work(batch);
    batch = [];
  }
  if (batch.length > 0) await work(batch);
  await organizations.finish();
  return results;
};
