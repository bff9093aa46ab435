import { resourceOf } from '../../../shared/catalog/index.ts';
import type { Draft, Values } from '../../../shared/change/change.ts';
import type { Refusal } from '../../../shared/change/checks.ts';
import { DeskError } from '../../../shared/errors.ts';
import { because } from '../../../shared/reasons.ts';
import { type Row, rowLabelOf, secretMask } from '../../../shared/row.ts';
import { differingFrom, filledBy } from './differing.ts';
import type { ImportFile } from './file.ts';
import { type LineResult, refuseTwins } from './line-result.ts';
import { columnOf, type Mapping } from './mapping.ts';
import { keyText, matched, type ReadPage } from './matches.ts';
import type { NamedIds } from './named-ids.ts';
import { type MatchField, matchFields, type Person, personOf, refusedFor, unguardedLine } from './people.ts';

export type UsersAsked = {
  /** The key that users are found by; absent: the first that the file has a column for. */
  match?: MatchField | undefined;
  /** An empty cell empties its field. */
  clears?: boolean;
  /** Passwords and digests of users who are there are left as they are. */
  keepPasswords?: boolean;
};

export type UsersDeps = {
  profile: string;
  read: ReadPage;
  /** A user as the server has it, secrets and all; with the digest of its password where `digest` is set. */
  user: (id: string, options: { digest: boolean }) => Promise<Row>;
  roles: NamedIds;
  /** Told how many lines are done. */
  onLine?: (lines: number) => void;
  signal?: AbortSignal;
};

/** Lines that are looked up together. */
const batchSize = 500;

const hasMask = (value: unknown): boolean => JSON.stringify(value ?? null).includes(secretMask);

/** The key that a file's users are found by. Throws `import.columns` when it has no such column. */
export const matchFieldOf = (mapping: Mapping, asked: MatchField | undefined, name: string): MatchField => {
  const by = asked ?? matchFields.find((field) => columnOf(mapping, field));
  if (by && columnOf(mapping, by)) return by;
  const why = by
    ? because('line.noColumn', { field: by })
    : because('line.noColumnOf', { fields: matchFields.join(', ') });
  throw new DeskError('import.columns', { where: name, why });
};

/** The changes that make a user of a line who is not there yet. */
const created = (person: Person, roleIds: string[]): Draft[] => {
  const { isSuspended, ...values } = person.values;
  const after = {
    ...filledBy('users.create', values),
    ...(person.password ? { password: person.password } : {}),
    ...(person.digest
      ? { passwordDigest: person.digest.ref, passwordAlgorithm: person.digest.algorithm }
      : {}),
    ...(roleIds.length > 0 ? { roleIds } : {}),
    ...(isSuspended === true ? { isSuspended } : {}),
  };
  const target = { resource: 'users', id: '', parent: '', label: person.label };
  return [{ operation: 'users.create', target, after }];
};

/** The email by which a user was found, in a different case, is not a different email. */
const withoutKey = (values: Values, row: Row, by: MatchField): Values => {
  const { [by]: key, ...others } = values;
  const [said, own] = [key, row[by]].map((text) => keyText(by, String(text ?? '')));
  return key !== null && said === own ? others : values;
};

/** The changes that a line makes to a user who is there: only what differs. */
const updated = (
  person: Person,
  row: Row,
  roleIds: string[],
  { by, keepPasswords }: { by: MatchField; keepPasswords: boolean },
): Draft[] => {
  const target = {
    resource: 'users',
    id: String(row.id),
    parent: '',
    label: rowLabelOf(resourceOf('users'), row).slice(0, 256),
  };
  const { isSuspended, ...given } = person.values;
  const differing = differingFrom('users.update', row, withoutKey(given, row, by));
  const draft = (operation: string, after: Values): Draft => ({ operation, target, after });
  return [
    ...(Object.keys(differing).length > 0 ? [draft('users.update', differing)] : []),
    ...(typeof isSuspended === 'boolean' && isSuspended !== row.isSuspended
      ? [draft('users.suspend', { isSuspended })]
      : []),
    ...(roleIds.length > 0 ? [draft('users.addRoles', { roleIds })] : []),
    ...(person.password && !keepPasswords ? [draft('users.setPassword', { password: person.password })] : []),
  ];
};

/** Nobody could find the user again: every run would make another one. */
const isUnfindable = ({ keys }: Person) =>
  matchFields.every((field) => field === 'id' || keys[field] === undefined);

/**
 * What every line of a file of users comes to, in the file's order; nothing is written. Throws `DeskError`.
 */
export const usersOf = async (
  file: ImportFile,
  mapping: Mapping,
  { match, clears = false, keepPasswords = false }: UsersAsked,
  deps: UsersDeps,
): Promise<LineResult[]> => {
  const by = matchFieldOf(mapping, match, file.name);
  const results: LineResult[] = [];
  const twin = refuseTwins();

  /** Why a digest cannot be had by a user who is there; null where the user has it already. */
  const digestRefusal = async (person: Person, id: string, digest: string): Promise<Refusal | null> => {
    const { passwordDigest, hasPassword } = await deps.user(id, { digest: true });
    if (passwordDigest === digest) return null;
    const why = because(hasPassword === false ? 'cell.isThere' : 'cell.hasPassword');
    return refusedFor('not-changeable', [{ heading: person.digest?.ref.column ?? '', why }]);
  };

  const resultOf = async (
    person: Person,
    row: Row | null,
    digest: string,
    result: LineResult,
  ): Promise<void> => {
    const { ids, refusal } = await deps.roles(person.roles);
    result.refusal = refusal;
    if (refusal) return;
    if (!row) {
      if (isUnfindable(person))
        result.refusal = refusedFor('invalid-value', [{ heading: '', why: because('line.unfindable') }]);
      else result.drafts = created(person, ids);
      return;
    }
    result.id = String(row.id);
    twin(`user ${result.id}`, result);
    if (result.refusal) return;
    if (person.digest && !keepPasswords) {
      result.refusal = await digestRefusal(person, result.id, digest);
      if (result.refusal) return;
    }
    const touched = Object.keys(person.values).map((field) => row[field.split('.')[0] ?? field]);
    // A mask stands for what the server has: an object that is sent whole must not hold one.
    const whole = hasMask(touched) ? await deps.user(result.id, { digest: false }) : row;
    result.drafts = updated(person, whole, ids, { by, keepPasswords });
  };

  const work = async (batch: readonly { person: Person; digest: string }[]) => {
    const own = batch.map(({ person }): LineResult => {
      const result = { line: person.line, label: person.label, id: '', refusal: person.refusal, drafts: [] };
      results.push(result);
      for (const field of matchFields) {
        const key = person.keys[field];
        if (key !== undefined && (field !== 'id' || by === 'id'))
          twin(`${field} ${keyText(field, key)}`, result, field);
      }
      return result;
    });
    const open = batch
      .map((one, at) => ({ ...one, result: own[at] }))
      .filter(({ result }) => result?.refusal === null);
    const matches = await matched(
      deps.profile,
      open.map(({ person }) => person),
      by,
      deps.read,
    );
    await Promise.all(
      open.map(async ({ person, digest, result }, at) => {
        const match = matches[at];
        if (!result || !match) return;
        if ('refusal' in match) result.refusal = match.refusal;
        else await resultOf(person, match.row, digest, result);
      }),
    );
    deps.onLine?.(results.length);
  };

  const digestColumn = columnOf(mapping, 'passwordDigest')?.place;
  let batch: { person: Person; digest: string }[] = [];
  for await (const line of file.lines()) {
    deps.signal?.throwIfAborted();
    const cell = digestColumn === undefined ? '' : line.cells[digestColumn];
    const digest = typeof cell === 'object' ? JSON.stringify(cell) : String(cell ?? '');
    const plain = file.format === 'csv' ? unguardedLine(line, mapping) : line;
    batch.push({ person: personOf(plain, mapping, clears), digest });
    if (batch.length < batchSize) continue;
    await work(batch);
    batch = [];
  }
  if (batch.length > 0) await work(batch);
  return results;
};
