import type { ApiPath, ApiPaths } from '../../catalog/paths.ts';
import { DeskError } from '../../errors.ts';
import type { PlannedRequest } from '../change.ts';
import type { Look } from './operation.ts';

type Verb = 'post' | 'put' | 'patch' | 'delete';
type PathWith<V extends string> = {
  [P in keyof ApiPaths]: ApiPaths[P] extends Record<V, object> ? P : never;
}[keyof ApiPaths];
type NamesIn<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

const methods = { post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

/** Stands in a path or a body for the id of what the change's first request makes. */
export const newId = '~new~';

/** The same of a later request, by its place in the change, from 0. */
export const newIdAt = (place: number): string => (place === 0 ? newId : `~new${place}~`);

/** True of a text that stands in a path for itself: another one would be another path, as addresses are resolved. */
export const isSegment = (id: string): boolean => id !== '' && id !== '.' && id !== '..' && id.isWellFormed();

/** An id in a path. Throws `id.invalid` for one that would be another path: addresses are resolved on their way. */
const segment = (id: string | undefined): string => {
  if (id === undefined || !isSegment(id)) throw new DeskError('id.invalid', { where: 'id' });
  return encodeURIComponent(id);
};

const filled = (path: string, ids: Readonly<Record<string, string>>): string =>
  path.replace(/\{([^}]+)\}/g, (_, name: string) => segment(ids[name]));

/** A request of a path that the API's types have. */
export const send = <V extends Verb, P extends PathWith<V>>(
  verb: V,
  path: P,
  ids: Readonly<Record<NamesIn<P>, string>>,
  body?: unknown,
  query = '',
): PlannedRequest => ({
  method: methods[verb],
  path: filled(path, ids) + query,
  ...(body === undefined ? {} : { body }),
});

/** The ids of a look, held to be ids. */
const checked = (path: ApiPath, ids: Readonly<Record<string, string>>) => {
  filled(path, ids);
  return { path, ids };
};

/** A look at one object. */
export const lookAt = <P extends ApiPath>(
  path: P,
  ids: Readonly<Record<NamesIn<P>, string>>,
  params?: Look['params'],
): Look => ({ ...checked(path, ids), ...(params ? { params } : {}) });

/** A look at the rows of a list. */
export const lookThrough = <P extends ApiPath>(
  path: P,
  ids: Readonly<Record<NamesIn<P>, string>>,
  { paged = true, rowsAt, params }: { paged?: boolean; rowsAt?: string; params?: Look['params'] } = {},
): Look => ({
  ...checked(path, ids),
  ...(params ? { params } : {}),
  list: { paged, ...(rowsAt ? { rowsAt } : {}) },
});
