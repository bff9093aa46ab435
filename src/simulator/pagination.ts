import { type Answer, type Asked, failure, json } from './answer.ts';

export type Page = { page: number; size: number; offset: number; asked: boolean };

/** The page of a request, or null when its values are refused (FACTS pagination: 1…100, from 1). */
export const pageOf = (query: URLSearchParams): Page | null => {
  const number = (name: string, fallback: number) => {
    const text = query.get(name);
    if (text === null) return fallback;
    return /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const page = number('page', 1);
  const size = number('page_size', 20);
  if (!(page >= 1) || !(size >= 1 && size <= 100)) return null;
  return { page, size, offset: (page - 1) * size, asked: query.has('page') || query.has('page_size') };
};

/**
 * The `Link` header as the server writes it: without `/api` in its URLs (FACTS pagination 1) and with repeated
 * parameters joined by a comma (2).
 */
const linkOf = (asked: Asked, { page, size }: Page, total: number, capped: boolean): string => {
  const joined = new URLSearchParams();
  for (const name of new Set(asked.query.keys())) joined.set(name, asked.query.getAll(name).join(','));
  const path = asked.path.replace(/^\/api/, '');
  const link = (target: number, rel: string) => {
    const search = new URLSearchParams(joined);
    search.set('page', String(target));
    return `<${asked.origin}${path}?${search}>; rel="${rel}"`;
  };
  const last = Math.max(1, Math.ceil(total / size));
  const links = [link(1, 'first')];
  if (page > 1) links.push(link(page - 1, 'prev'));
  if (!capped) {
    links.push(link(last, 'last'));
    if (page < last) links.push(link(page + 1, 'next'));
  }
  return links.join(', ');
};

export type Listed = { total: number; capped?: boolean; rows: (offset: number, limit: number) => unknown[] };

/** A paginated answer. */
export const paged = (asked: Asked, page: Page, { total, capped = false, rows }: Listed): Answer => ({
  ...json(rows(page.offset, page.size)),
  headers: {
    link: linkOf(asked, page, total, capped),
    'total-number': String(total),
    ...(capped ? { 'total-number-is-capped': 'true' } : {}),
  },
});

/** A list in one of the three manners of the API (FACTS pagination 5). */
export const listed = (asked: Asked, manner: 'always' | 'optional' | 'never', list: Listed): Answer => {
  const page = pageOf(asked.query);
  if (manner !== 'never' && !page) return failure(asked, 400, 'guard.invalid_pagination');
  if (manner === 'never' || !page || (manner === 'optional' && !page.asked))
    return json(list.rows(0, list.total));
  return paged(asked, page, list);
};

export const listOf = <T>(items: readonly T[], row: (item: T) => unknown = (item) => item): Listed => ({
  total: items.length,
  rows: (offset, limit) => items.slice(offset, offset + limit).map(row),
});
