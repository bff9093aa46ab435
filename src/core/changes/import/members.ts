import { resourceOf } from '../../../shared/catalog/index.ts';
import type { Refusal } from '../../../shared/change/checks.ts';
import { DeskError } from '../../../shared/errors.ts';
import { type PastedEntry, pastedOf } from '../../../shared/pasted.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../../shared/row.ts';
import { lookUp } from '../../rows/find.ts';
import { unguarded } from './csv.ts';
import type { ImportFile } from './file.ts';
import { type FileLine, isEmptyCell } from './line.ts';
import { type LineResult, refuseTwins } from './line-result.ts';
import { columnOf, type Mapping } from './mapping.ts';
import type { ReadPage } from './matches.ts';
import type { NamedIds } from './named-ids.ts';
import { readCell } from './values.ts';

export type MembersDeps = {
  profile: string;
  read: ReadPage;
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
  organization: string;
  user: PastedEntry | null;
  roles: string[];
  refusal: Refusal | null;
};

/** A line as a membership: an organization, a user by any of its keys, roles there. */
const memberOf = (line: FileLine, mapping: Mapping, isCsv: boolean): Member => {
  const nobody = { line: line.line, organization: '', user: null, roles: [] };
  if (line.fault !== undefined)
    return { ...nobody, refusal: { guard: 'unreadable-line', about: line.fault } };
  const values: Record<string, unknown> = {};
  for (const { field, place, heading } of mapping.columns) {
    const raw = line.cells[place];
    if (!field || raw === undefined || isEmptyCell(raw)) continue;
    const read = readCell(field, isCsv && typeof raw === 'string' ? unguarded(raw) : raw);
    if ('fault' in read)
      return { ...nobody, refusal: { guard: 'invalid-value', about: `${heading}: ${read.fault}` } };
    values[field.id] = read.value;
  }
  const { organization = '', user = '', roles = [] } = values;
  const [entry, ...more] = pastedOf(String(user)).entries;
  const isUser = entry !== undefined && more.length === 0 && entry.fields.length > 0;
  const lacking = organization === '' ? 'organization' : isUser ? null : 'user';
  return {
    line: line.line,
    organization: String(organization),
    user: isUser ? { ...entry, line: line.line } : null,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    refusal: lacking
      ? { guard: 'invalid-value', about: `${lacking}: ${String(values[lacking] ?? '')}` }
      : null,
  };
};

/**
 * What every line of a file of members comes to, in the file's order: a user who joins an organization, with the roles that
 * the line names; roles that the user has there besides stay. Nothing is written. Throws `DeskError`.
 */
export const membersOf = async (
  file: ImportFile,
  mapping: Mapping,
  deps: MembersDeps,
): Promise<LineResult[]> => {
  for (const field of ['organization', 'user'])
    if (!columnOf(mapping, field))
      throw new DeskError('import.columns', { where: file.name, reason: `no column fills ${field}` });
  const results: LineResult[] = [];
  const twin = refuseTwins();
  const users = resourceOf('users');
  /** Who joins organizations that are not there yet, by their names. */
  const made = new Map<string, { result: LineResult; roleIds: string[] }[]>();

  const resultOf = async (member: Member, rows: readonly Row[], unread: boolean, result: LineResult) => {
    const about = `user: ${member.user?.text ?? ''}`;
    const [row, ...others] = rows;
    if (others.length > 0) {
      const ids = rows.map((one) => rowIdOf(users, one)).join(', ');
      result.refusal = { guard: 'several-found', about: `${about}: ${ids}` };
    } else if (!row) result.refusal = { guard: unread ? 'not-read-completely' : 'not-found', about };
    if (!row || result.refusal) return;
    const organizations = await deps.organizations([member.organization]);
    const roles = await deps.roles(member.roles);
    const isNew = deps.creates === true && organizations.refusal?.guard === 'not-found';
    result.refusal = (isNew ? null : organizations.refusal) ?? roles.refusal;
    const [organizationId = ''] = organizations.ids;
    if (result.refusal) return;
    result.id = rowIdOf(users, row);
    twin(isNew ? `new ${member.organization} ${result.id}` : `${organizationId} ${result.id}`, result);
    if (result.refusal) return;
    result.label = rowLabelOf(users, row).slice(0, 256);
    if (isNew) {
      const joining = made.get(member.organization) ?? [];
      made.set(member.organization, [...joining, { result, roleIds: roles.ids }]);
      return;
    }
    result.drafts = [
      {
        operation: 'users.addToOrganization',
        target: { resource: 'users', id: result.id, parent: '', label: result.label },
        after: { organizationId, organizationRoleIds: roles.ids },
      },
    ];
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
      const own = (found[at]?.ids ?? []).flatMap((id) => {
        const row = byId.get(id);
        return row ? [row] : [];
      });
      await resultOf(member, own, found[at]?.unread === true, result);
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
  for (const [name, joining] of made) makeWith(name, joining);
  return results;
};

/** An organization is made by one change, with all its members: that of its first line. */
const makeWith = (name: string, joining: readonly { result: LineResult; roleIds: string[] }[]): void => {
  const own = joining.filter(({ result }) => result.refusal === null);
  const [first, ...others] = own;
  if (!first) return;
  const members = Object.fromEntries(own.map(({ result, roleIds }) => [result.id, roleIds]));
  const target = { resource: 'organizations', id: '', parent: '', label: name.slice(0, 256) };
  first.result.drafts = [{ operation: 'organizations.create', target, after: { name, members } }];
  for (const { result } of others) result.with = first.result.line;
};
