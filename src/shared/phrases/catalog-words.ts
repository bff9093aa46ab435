import type { i18n } from 'i18next';
import type { Catalogued } from '../catalog/index.ts';
import { findResource, type Related } from '../catalog/index.ts';
import { fieldInWords } from '../field-words.ts';
import { ownViewOf } from '../own-view.ts';

type IdsOf<T> = T extends readonly (infer Item)[]
  ? Item extends { id: infer Id extends string }
    ? Id
    : never
  : never;

/** Filters with a name of their own: the search box is called after its list. */
type Named<Filters> = Filters extends readonly (infer Item)[]
  ? Exclude<Item, { kind: 'keyword' | 'search' }>
  : never;

/** Nothing is asked for where there is nothing to name. */
type Part<Name extends string, Keys extends string> = [Keys] extends [never]
  ? unknown
  : { readonly [N in Name]: { readonly [Key in Keys]: string } };

/** A list nested under its own rows is filtered by one of their values. */
type FilterOf<Item> = Item extends { filter: infer Id extends string; value: string } ? Id : never;
type FilteredBy<R> = R extends { related: readonly (infer Item)[] } ? FilterOf<Item> : never;
type NeighboursOf<R> = R extends { neighbours: readonly { column: infer Id extends string }[] } ? Id : never;

/** What a list, its rows, columns and filters are called. `inText` is the title inside a sentence. */
type ListWords<R extends Catalogued> = {
  readonly title: string;
  readonly inText: string;
  readonly singular: string;
} & Part<'columns', IdsOf<R['columns']>> &
  Part<'filters', IdsOf<readonly Named<R['filters']>[]>> &
  Part<'related', FilteredBy<R>> &
  Part<'neighbours', NeighboursOf<R>>;

/** What a language has to say of the catalogue: a list or a column without words is a type error. */
export type CatalogWords = { readonly [R in Catalogued as R['id']]: ListWords<R> };

export const catalogNamespace = 'catalog';

/** Column paths have dots. */
const separator = '/';

type Say = i18n['t'];

const said = (t: Say, path: readonly string[], otherwise: string): string =>
  (t as (key: string, options: object) => string)(path.join(separator), {
    ns: catalogNamespace,
    nsSeparator: false,
    keySeparator: separator,
    defaultValue: otherwise,
  });

/** A list's title. */
export const titleOf = (t: Say, list: string): string =>
  ownViewOf({ resource: list })?.title(t) ?? said(t, [list, 'title'], list);

/** A list's title inside a sentence. */
export const titleInText = (t: Say, list: string): string =>
  ownViewOf({ resource: list })?.inText?.(t) ?? said(t, [list, 'inText'], list);

/** What one row of a list is called. */
export const singularOf = (t: Say, list: string): string => said(t, [list, 'singular'], list);

/** What a list is for and how something comes into it, for where it is empty; null where nothing is said of it. */
export const purposeOf = (t: Say, list: string): { is: string; next: string } | null => {
  const say = (part: 'is' | 'next') =>
    (t as (key: string, options: object) => string)(`purpose.${list}.${part}`, { defaultValue: '' });
  const is = say('is');
  return is === '' ? null : { is, next: say('next') };
};

/** A column's title; of a field that the catalogue does not know its name in words, of a path (`customData.plan`) the path. */
export const columnTitle = (t: Say, list: string, column: string): string =>
  said(t, [list, 'columns', column], fieldInWords(column));

/** A filter's title. */
export const filterTitle = (t: Say, list: string, filter: string): string =>
  said(t, [list, 'filters', filter], filter);

/** What a list is called among those that belong to a row of `list`. */
export const relatedTitle = (t: Say, list: string, { resource, filter = '' }: Related): string =>
  said(t, [list, 'related', filter], titleOf(t, resource));

/** By what a row's neighbours are the same. */
export const neighbourTitle = (t: Say, list: string, column: string): string =>
  said(t, [list, 'neighbours', column], column);

/** A list's title; of one nested under rows, with the list of those. */
export const fullTitleOf = (t: Say, list: string): string => {
  const parent = findResource(list)?.parent;
  return parent ? `${titleOf(t, parent.resource)}: ${titleInText(t, list)}` : titleOf(t, list);
};

/** The same inside a sentence. */
export const fullTitleInText = (t: Say, list: string): string => {
  const parent = findResource(list)?.parent;
  return parent ? `${titleInText(t, parent.resource)}: ${titleInText(t, list)}` : titleInText(t, list);
};
