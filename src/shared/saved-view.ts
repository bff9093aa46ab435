import { z } from 'zod';
import { DeskError } from './errors.ts';
import { heldTo } from './held.ts';
import { longestUrl, type Query, queryOf, queryResource, urlOf } from './query.ts';
import { plainText, wellFormed } from './text.ts';

/** A view under a name: a list, its filters and columns, of whatever tenant it is opened on. */
export const savedViewSchema = z.object({
  name: plainText.trim().normalize('NFC').min(1).max(60),
  /** Resource, filters and columns as a query's URL writes them, without a tenant: `/users?search=…`. */
  url: wellFormed.min(2).max(longestUrl).startsWith('/'),
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** The file that views are handed over in; nothing of a tenant is in it. */
const fileSchema = z.object({
  kind: z.literal('logto-desk-views'),
  version: z.literal(1),
  views: z.array(savedViewSchema).max(1_000),
});

/** Stands where a tenant would, so that the address of a view can be read by the same rules. */
const anyTenant = 'any';

/** The view of a query. Throws `query.invalid` for a row, or a list below one: its ids are one tenant's. */
export const viewOf = (name: string, query: Query): SavedView => {
  if (query.parent || query.object)
    throw new DeskError('query.invalid', { where: 'view', reason: 'it is nested under a row of one tenant' });
  return { name, url: urlOf({ ...query, profile: anyTenant }).slice(anyTenant.length + 1) };
};

/** The view's query on a tenant. Throws `query.invalid` for a view that this version does not know. */
export const queryOfView = ({ url }: SavedView, profile: string): Query => {
  const query = queryOf(`/${anyTenant}${url}`);
  queryResource(query);
  return { ...query, profile };
};

export const fileOfViews = (views: readonly SavedView[]): string =>
  `${JSON.stringify({ kind: 'logto-desk-views', version: 1, views }, null, 2)}\n`;

/** The views of a file. Throws `query.invalid` with what is wrong with it; then none of it is taken. */
export const viewsOfFile = (text: string): SavedView[] => {
  const refuse = (reason: string) => new DeskError('query.invalid', { where: 'file', reason });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  const file = heldTo(fileSchema, content);
  if (!file) throw refuse('it contains no Logto Desk views');
  for (const view of file.views) queryOfView(view, anyTenant);
  return file.views;
};

/** The views with others added; one of the same name is replaced. */
export const withViews = (views: readonly SavedView[], added: readonly SavedView[]): SavedView[] => {
  const names = new Set(added.map(({ name }) => name.toLowerCase()));
  return [...views.filter(({ name }) => !names.has(name.toLowerCase())), ...added].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
};
