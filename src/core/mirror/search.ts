import { catalog, findResource } from '../../shared/catalog/index.ts';
import { type Row, rowLabelOf } from '../../shared/row.ts';
import { hasAll, type Need, needsOf } from '../../shared/search/needs.ts';
import { type Answered, reading } from './reading.ts';
import { folded, matchOf, wordsOf } from './search-text.ts';
import type { Statements } from './statements.ts';
import type { Terms } from './typed/terms.ts';

/** A row that a text was found in. */
export type Hit = { resource: string; parent: string; id: string; label: string; snippet: string };

/** Hits; `unread`: rows that were not looked at, as the words are too short for an index and the rows too many. */
export type SearchAnswer = { hits: Hit[]; unread: number };

/** Rows that are looked at for words without an index: a second at most. */
const mostLooked = 100_000;

const columns = { number: 'number', resource: 'text', parent: 'text', id: 'text', body: 'text' } as const;
type Kept = Answered<typeof columns>;

/** Characters of what a hit shows of the row. */
const longestSnippet = 200;

const hitOf = (
  { resource: name, parent, id }: Kept,
  row: Row,
  lines: readonly string[],
  needs: readonly Need[],
) => {
  const resource = findResource(name);
  if (!resource) return [];
  const pieces = needs[0]?.map((all) => all.map((piece) => piece.normalize('NFC'))) ?? [];
  const isThere = (line: string) => pieces.some((all) => all.some((piece) => folded(line).includes(piece)));
  const snippet = (lines.find(isThere) ?? '').slice(0, longestSnippet);
  return [{ resource: name, parent, id, label: rowLabelOf(resource, row), snippet }];
};

/** A hit for a row, where it fits. */
const hitsOf = (kept: Kept, needs: readonly Need[]): Hit[] => {
  // Most rows are told by their text alone, before they are read; an escaped character there may be one of a word.
  if (!kept.body.includes('\\') && !hasAll(needs, folded(kept.body))) return [];
  const row = JSON.parse(kept.body) as Row;
  const text = wordsOf(kept.resource, row);
  return hasAll(needs, folded(text)) ? hitOf(kept, row, text.split('\n'), needs) : [];
};

/** What a row is, wherever it is listed: a user is the same one below each of their roles. */
const identityOf = ({ resource: name, parent, id }: Hit): string => {
  const resource = findResource(name);
  const isItself = resource?.parent === undefined || resource.rowsOf !== undefined;
  return [resource?.rowsOf ?? name, isItself ? '' : parent, id].join(' ');
};

/** A row of another row's list as the row that it is, where its own list was copied: a member is a user. */
const asItself = (sql: Statements, hit: Hit): Hit => {
  const own = findResource(findResource(hit.resource)?.rowsOf ?? '');
  if (!own) return hit;
  const kept = reading(
    sql.run(`SELECT body FROM rows WHERE resource = ? AND parent = '' AND id = ? AND gone_at IS NULL`),
    { body: 'text' },
  ).get(own.id, hit.id);
  if (!kept) return hit;
  return { ...hit, resource: own.id, parent: '', label: rowLabelOf(own, JSON.parse(kept.body) as Row) };
};

/** What was found, each once, by `identityOf`. */
type Met = Map<string, { number: number; hit: Hit }>;

/** Looks at rows one by one, until there are enough hits or `most` rows were looked at. Returns how many were. */
const look = (
  rows: Iterable<Kept>,
  needs: readonly Need[],
  { limit, most, met }: { limit: number; most: number; met: Met },
): number => {
  let looked = 0;
  for (const kept of rows) {
    if (looked >= most || met.size >= limit) break;
    looked += 1;
    for (const hit of hitsOf(kept, needs)) {
      const identity = identityOf(hit);
      if (!met.has(identity)) met.set(identity, { number: kept.number, hit });
    }
  }
  return looked;
};

/** Lists that grow without end: what people look for stands elsewhere, as a rule. */
const endless = catalog.filter(({ pin }) => pin !== undefined).map(({ id }) => id);

const countOf = (sql: Statements, from: string, ...values: string[]): number => {
  const { count } = sql.run(`SELECT count(*) AS count ${from}`).get(...values) as { count: number };
  return count;
};

/** Rows that the index finds, each held against what is needed, the newest first. `indexes`: those that there are. */
const found = (
  sql: Statements,
  indexes: readonly string[],
  match: string,
  needs: readonly Need[],
  limit: number,
): SearchAnswer => {
  const all: Met = new Map();
  let unread = 0;
  for (const index of indexes) {
    const where = `FROM ${index} JOIN rows ON rows.number = ${index}.rowid WHERE ${index} MATCH ? AND gone_at IS NULL`;
    const rows = reading(
      sql.db.prepare(`SELECT number, resource, parent, id, body ${where} ORDER BY ${index}.rowid DESC`),
      columns,
    ).iterate(match);
    const met: Met = new Map();
    const looked = look(rows, needs, { limit, most: mostLooked, met });
    for (const [identity, one] of met) if (!all.has(identity)) all.set(identity, one);
    if (met.size < limit && looked >= mostLooked) unread += countOf(sql, where, match) - looked;
  }
  const newest = [...all.values()].sort((a, b) => b.number - a.number).slice(0, limit);
  return { hits: newest.map(({ hit }) => asItself(sql, hit)), unread };
};

/**
 * Rows in which every word of a text stands, newest first: by the index, which knows words of three characters and more;
 * shorter ones are looked for in the rows themselves, those of logs last, and not in endlessly many.
 */
export const searchRows = (
  sql: Statements,
  terms: Terms,
  indexes: readonly string[],
  text: string,
  limit: number,
): SearchAnswer => {
  const needs = needsOf(text);
  if (needs.length === 0) return { hits: [], unread: 0 };
  terms.refresh();
  const match = matchOf(needs, terms);
  if (match !== null) return found(sql, indexes, match, needs, limit);
  const met: Met = new Map();
  let left = mostLooked;
  const list = endless.map((id) => `'${id}'`).join(', ');
  for (const which of [`resource NOT IN (${list})`, `resource IN (${list})`]) {
    const rows = reading(
      sql.db.prepare(
        `SELECT number, resource, parent, id, body FROM rows WHERE ${which} AND gone_at IS NULL ORDER BY number DESC`,
      ),
      columns,
    ).iterate();
    left -= look(rows, needs, { limit, most: left, met });
  }
  const hits = [...met.values()].map(({ hit }) => asItself(sql, hit));
  if (hits.length >= limit || left > 0) return { hits, unread: 0 };
  return { hits, unread: countOf(sql, 'FROM rows WHERE gone_at IS NULL') - mostLooked };
};
