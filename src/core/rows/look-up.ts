import { type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError, type ErrorValue } from '../../shared/errors.ts';
import { pastedOf } from '../../shared/pasted.ts';
import type { Query } from '../../shared/query.ts';
import { rankOf, ranks } from '../../shared/rank.ts';
import { type Row, rowIdOf, rowLabelOf, unreadableOf, valueAt } from '../../shared/row.ts';
import { lineOf } from '../../shared/search/line.ts';
import { emptySearch, type SearchTerm } from '../../shared/search/terms.ts';
import { isNotOffered } from './absent.ts';
import type { PageOfRows } from './page.ts';
import type { RowsAsked } from './readable.ts';

/** An object that what was typed may mean. `detail`: the value that tells it from others, or where it was typed. */
export type FoundObject = { resource: string; id: string; label: string; detail: string; rank: number };

/**
 * What a tenant has of it, the best first; `more`: it has more of it. `failed`: lists that could not be asked. `asOf`: the
 * copy answered, unix ms; `partly`: it has but a part of what was asked for.
 */
export type LookedUp = {
  hits: FoundObject[];
  more: boolean;
  failed: { resource: string; error: ErrorValue }[];
  asOf: number | null;
  partly: boolean;
};

/** Lists that are asked, users first. */
const asked = ['users', 'organizations', 'roles', 'applications'] as const;
const rowsEach = 40;
const mostHits = 20;

/** The users of whom it is all of an email, phone, name or id: among thousands that have it somewhere they come first. */
const exactLine = (text: string): string => {
  const [entry] = pastedOf(text).entries;
  const isSingle = entry?.text === text;
  const fields = isSingle ? [...entry.fields] : [];
  const all = fields.includes('email') || fields.includes('phone') ? fields : [...fields, 'name' as const];
  const terms = all.map((field): SearchTerm => ({ field, mode: 'is', values: [text] }));
  return lineOf({ ...emptySearch, joint: terms.length > 1 ? 'any' : 'all', terms });
};

/** What may be an id of a row that is found by name only. */
const mayBeId = (text: string) => /^[a-z0-9_-]{10,40}$/i.test(text);

/** Values by which an object is known. */
const valuesOf = (resource: Resource, row: Row): string[] => {
  const keyword = resource.filters.find(({ kind }) => kind === 'keyword');
  const columns = keyword?.kind === 'keyword' ? (keyword.columns ?? []) : [];
  return [...new Set([...resource.labels, ...columns, resource.rowId])].flatMap((path) => {
    const value = valueAt(row, path);
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
};

const foundIn = (resource: Resource, row: Row, text: string): FoundObject => {
  const label = rowLabelOf(resource, row);
  const values = valuesOf(resource, row);
  const others = values.filter((value) => value !== label);
  const description = valueAt(row, 'description');
  const here = others.find((value) => rankOf(text, [value]) !== null);
  return {
    resource: resource.id,
    id: rowIdOf(resource, row),
    label,
    detail: here ?? (typeof description === 'string' && description !== '' ? description : (others[0] ?? '')),
    rank: rankOf(text, values) ?? ranks.other,
  };
};

type Reader = {
  rows(asked: RowsAsked): Promise<PageOfRows>;
  row(resource: string, id: string): Promise<Row>;
};

/**
 * Users, organizations, roles and applications by what was typed: a name, an email, a phone in any writing, an id, or a part
 * of one. Throws where no list answered.
 */
export const lookUp = async (profile: string, typed: string, { rows, row }: Reader): Promise<LookedUp> => {
  const text = typed.trim();
  const page = async (resource: string, filters: Query['filters']) => {
    const {
      rows: found,
      total,
      mirror,
    } = await rows({
      query: { profile, resource, filters },
      page: 1,
      size: rowsEach,
    });
    const hits = found
      .filter((one) => unreadableOf(one) === null)
      .map((one) => foundIn(resourceOf(resource), one, text));
    return {
      hits,
      more: total === null ? found.length >= rowsEach : total > found.length,
      asOf: mirror?.asOf ?? null,
      partly: mirror !== undefined && !mirror.whole,
    };
  };
  const byId = async (resource: string) => {
    const found = await row(resource, text).catch(() => null);
    return found ? [foundIn(resourceOf(resource), found, text)] : [];
  };
  const asks = [
    { resource: 'users', filters: { search: [exactLine(text)] } },
    ...asked.map((resource) => ({ resource, filters: { keyword: [text] } })),
  ];
  const answers = await Promise.allSettled(asks.map((one) => page(one.resource, one.filters)));
  const pages = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const failed = answers.flatMap((answer, at) => {
    const resource = asks[at]?.resource ?? '';
    if (answer.status === 'fulfilled') return [];
    if (!(answer.reason instanceof DeskError)) throw answer.reason;
    // What a tenant does not have has nothing in it.
    return isNotOffered(answer.reason) ? [] : [{ resource, reason: answer.reason }];
  });
  if (pages.length === 0 && failed[0]) throw failed[0].reason;
  const hits = pages.flatMap((one) => one.hits);
  if (hits.length === 0 && mayBeId(text)) hits.push(...(await Promise.all(asked.slice(1).map(byId))).flat());
  const each = new Map(hits.map((hit) => [`${hit.resource}/${hit.id}`, hit]));
  const times = pages.flatMap(({ asOf }) => asOf ?? []);
  return {
    hits: [...each.values()].sort((a, b) => a.rank - b.rank).slice(0, mostHits),
    more: each.size > mostHits || pages.some(({ more }) => more),
    failed: [...new Map(failed.map(({ resource, reason }) => [resource, reason]))].map(
      ([resource, { code, detail }]) => ({ resource, error: { code, detail } }),
    ),
    asOf: times.length > 0 ? Math.min(...times) : null,
    partly: pages.some((one) => one.partly),
  };
};
