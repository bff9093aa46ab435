import { isDeepStrictEqual } from 'node:util';
import { findResource, pageResourceOf, type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { likeContaining } from '../../shared/like.ts';
import { maskSecrets, type Row, rowLabelOf } from '../../shared/row.ts';
import {
  type SeenAsked,
  type SeenChange,
  type SeenKind,
  type SeenPage,
  seenKinds,
  type ToldList,
} from '../../shared/seen-changes.ts';
import { type Answered, reading } from './reading.ts';
import type { Statements } from './statements.ts';

/** Lists that are nothing but what happens: the logs tell of it, or each look finds another number. */
const passing = new Set([
  'user-sessions',
  'user-grants',
  'one-time-tokens',
  'user-total',
  'new-users',
  'active-users',
]);

/** Fields that a sign-in or a delivery moves, and samples of other objects: nobody changed this one. */
const moving = new Set([
  'updatedAt',
  'lastSignInAt',
  'executionStats',
  'featuredUsers',
  'featuredApplications',
]);

/** How long what was seen is told, ms, and of how many changes at most. */
const keptMs = 90 * 86_400_000;
const mostKept = 200_000;

const isTold = ({ id, pin }: Resource): boolean => pin === undefined && !passing.has(id);

/** A list of rows that have a list of their own tells who is in it; what they are is told there. */
const ownFields = (resource: Resource): ((field: string) => boolean) => {
  const page = pageResourceOf(resource);
  if (page === resource) return (field) => !moving.has(field);
  const top = (of: Resource) => of.columns.map(({ id }) => id.split('.')[0] ?? id);
  const theirs = new Set(top(page));
  const own = new Set(top(resource).filter((field) => !theirs.has(field)));
  return (field) => own.has(field);
};

/** The fields of two states of a row that both have and that are different: answers of two routes differ in what they have. */
const differing = (
  isOwn: (field: string) => boolean,
  before: Row,
  now: Row,
): { before: Row; now: Row } | null => {
  const fields = Object.keys(now).filter(
    (field) => field in before && isOwn(field) && !isDeepStrictEqual(before[field], now[field]),
  );
  if (fields.length === 0) return null;
  const part = (row: Row) => Object.fromEntries(fields.map((field) => [field, row[field]]));
  return { before: part(before), now: part(now) };
};

/** What was kept of a row before, and when it was seen. */
type Old = { body: string; seen_at: number; gone_at: number | null };

const columns = 'number, kind, seen_after AS after, seen_at AS at, resource, parent, id, label, fields';
const notedColumns = {
  number: 'number',
  kind: seenKinds,
  after: 'number',
  at: 'number',
  resource: 'text',
  parent: 'text',
  id: 'text',
  label: 'text',
  fields: 'text?',
} as const;
type Noted = Answered<typeof notedColumns>;

type Condition = [sql: string, values: (string | number)[]];

/** Names may be composed on one side and decomposed on the other: 김 is one sign or two. */
const named = (text: string): Condition => [
  "(label LIKE ? ESCAPE '\\' OR label LIKE ? ESCAPE '\\' OR id = ?)",
  [likeContaining(text.normalize('NFC')), likeContaining(text.normalize('NFD')), text],
];

/**
 * What copies of a tenant saw change: of lists that were read whole before, as only there a row that is met is new. Who
 * changed it no copy knows.
 */
export class SeenChanges {
  readonly #sql: Statements;
  readonly #names: (list: string, ids: readonly string[]) => Record<string, string>;

  /** `names`: what rows of a list are called, by id. */
  constructor(sql: Statements, names: (list: string, ids: readonly string[]) => Record<string, string>) {
    this.#sql = sql;
    this.#names = names;
  }

  /** Since when changes of a list are told; null where it was never read whole. */
  #wholeAt(resource: string, parent: string): number | null {
    const found = this.#sql
      .run('SELECT whole_at FROM lists WHERE resource = ? AND parent = ?')
      .get(resource, parent) as { whole_at: number | null } | undefined;
    return found?.whole_at ?? null;
  }

  /** Notes rows of a list as they are met; null where the list cannot be told of. `at`: now, unix ms. */
  noting(
    resourceId: string,
    parent: string,
    at: number,
  ): ((id: string, old: Old | undefined, now: Row) => void) | null {
    const resource = resourceOf(resourceId);
    const wholeAt = isTold(resource) ? this.#wholeAt(resourceId, parent) : null;
    if (wholeAt === null) return null;
    const isOwn = ownFields(resource);
    const add = this.#adding();
    return (id, old, now) => {
      // A copy of an earlier program was read whole, too.
      this.#begin(resourceId, parent, wholeAt);
      const label = rowLabelOf(resource, now);
      if (!old || old.gone_at !== null)
        add('added', Math.max(wholeAt, old?.gone_at ?? 0), at, resourceId, parent, id, label, null);
      else if (old.seen_at <= at) {
        const fields = differing(isOwn, JSON.parse(old.body) as Row, now);
        if (fields) add('changed', old.seen_at, at, resourceId, parent, id, label, JSON.stringify(fields));
      }
    };
  }

  #adding() {
    const add = this.#sql.run(
      `INSERT INTO seen_changes (kind, seen_after, seen_at, resource, parent, id, label, fields)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    return (...values: [SeenKind, number, number, string, string, string, string, string | null]) => {
      const [kind, after, at, ...rest] = values;
      add.run(kind, Math.min(after, at), at, ...rest);
    };
  }

  #begin(resource: string, parent: string, from: number) {
    this.#sql
      .run('INSERT OR IGNORE INTO told_lists (resource, parent, told_from) VALUES (?, ?, ?)')
      .run(resource, parent, from);
  }

  /** Notes as gone what a copy of a list that began at `startedAt` did not meet, before it is marked so; unix ms. */
  noteGone(resourceId: string, parent: string, startedAt: number, at: number) {
    const resource = resourceOf(resourceId);
    if (!isTold(resource) || this.#wholeAt(resourceId, parent) === null) return;
    const gone = this.#sql
      .run(
        'SELECT id, body, seen_at FROM rows WHERE resource = ? AND parent = ? AND seen_at < ? AND gone_at IS NULL',
      )
      .iterate(resourceId, parent, startedAt) as Iterable<{ id: string; body: string; seen_at: number }>;
    const add = this.#adding();
    for (const { id, body, seen_at: after } of gone) {
      const row = JSON.parse(body) as Row;
      const fields = JSON.stringify({ before: row, now: {} });
      add('removed', after, at, resourceId, parent, id, rowLabelOf(resource, row), fields);
    }
  }

  /** A list was read whole: its changes can be told from now on. Old ones are dropped. Unix ms. */
  finish(resourceId: string, parent: string, at: number) {
    if (!isTold(resourceOf(resourceId))) return;
    this.#begin(resourceId, parent, this.#wholeAt(resourceId, parent) ?? at);
    // Of lists below rows there may be thousands.
    if (parent !== '') return;
    this.#forget(at - keptMs);
    const cut = this.#sql
      .run('SELECT seen_at AS at FROM seen_changes WHERE number <= ? ORDER BY number DESC LIMIT 1')
      .get(this.#newest() - mostKept) as { at: number } | undefined;
    if (cut) this.#forget(cut.at + 1);
  }

  #newest(): number {
    const { last } = this.#sql.run('SELECT max(number) AS last FROM seen_changes').get() as {
      last: number | null;
    };
    return last ?? 0;
  }

  #forget(before: number) {
    this.#sql.run('DELETE FROM seen_changes WHERE seen_at < ?').run(before);
    this.#sql.run('UPDATE told_lists SET told_from = ? WHERE told_from < ?').run(before, before);
  }

  /** The lists whose changes are told, those of one kind below rows together: since all of them are. */
  #lists(): ToldList[] {
    const found = this.#sql.run(
      `SELECT told_lists.resource, count(*) AS parents, max(told_from) AS "from", min(whole_at) AS until
       FROM told_lists JOIN lists USING (resource, parent) WHERE whole_at IS NOT NULL
       GROUP BY told_lists.resource ORDER BY told_lists.resource`,
    );
    const lists = reading(found, { resource: 'text', parents: 'number', from: 'number', until: 'number' });
    return lists.all().filter(({ resource }) => findResource(resource));
  }

  /** What was seen, the newest first. */
  page({ from, to, resource, kind, text, upTo, offset, limit }: SeenAsked): SeenPage {
    const conditions: Condition[] = [
      ...(from === undefined ? [] : [['seen_at >= ?', [from]] satisfies Condition]),
      ...(to === undefined ? [] : [['seen_after < ?', [to]] satisfies Condition]),
      ...(resource === undefined ? [] : [['resource = ?', [resource]] satisfies Condition]),
      ...(kind === undefined ? [] : [['kind = ?', [kind]] satisfies Condition]),
      ...(text ? [named(text)] : []),
      ...(upTo === undefined ? [] : [['number <= ?', [upTo]] satisfies Condition]),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`;
    const values = conditions.flatMap(([, given]) => given);
    const { total } = this.#sql.run(`SELECT count(*) AS total FROM seen_changes ${where}`).get(...values) as {
      total: number;
    };
    const noted = reading(
      this.#sql.run(
        `SELECT ${columns} FROM seen_changes ${where} ORDER BY seen_at DESC, number DESC LIMIT ? OFFSET ?`,
      ),
      notedColumns,
    ).all(...values, limit, offset);
    const changes = noted.flatMap((one) => this.#shown(one));
    return { total, changes, lists: this.#lists(), newest: this.#newest() };
  }

  /** As it was kept; masked again, as what is masked may be more by now. */
  #shown({ number, fields, id, parent, resource: list, ...rest }: Noted): SeenChange[] {
    const resource = findResource(list);
    if (!resource) return [];
    const kept = fields === null ? null : (JSON.parse(fields) as { before: Row; now: Row });
    const masked = (row: Row | undefined) => (row ? maskSecrets(resource, row) : {});
    return [
      {
        ...rest,
        id: number,
        row: id,
        resource: list,
        parent,
        parentLabel: this.#nameOf(resource.parent?.resource, parent),
        before: masked(kept?.before),
        now: masked(kept?.now),
      },
    ];
  }

  #nameOf(list: string | undefined, parent: string): string {
    if (list === undefined || parent === '') return '';
    const id = parent.split('/').at(-1) ?? '';
    return this.#names(list, [id])[id] ?? '';
  }
}
