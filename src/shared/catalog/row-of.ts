import type { Catalogued, ListId } from './index.ts';
import type { ApiPaths } from './paths.ts';

type Body<Path> = Path extends keyof ApiPaths
  ? ApiPaths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer B } } } } }
    ? B
    : unknown
  : never;

type Rows<List> = List extends { path: infer Path; rowsAt: infer At }
  ? Body<Path> extends infer B
    ? At extends keyof B
      ? B[At]
      : never
    : never
  : List extends { path: infer Path }
    ? Body<Path>
    : never;

type One<T> = T extends readonly (infer Item)[] ? Item : T;

/** What a server may leave out, at any depth, as older ones do. */
type Told<T> = T extends readonly (infer Item)[]
  ? Told<Item>[]
  : T extends object
    ? { [Key in keyof T]?: Told<T[Key]> | null }
    : T;

/**
 * A row of a list as the API's types have it, for what reads its fields by name: any `Row` is one, as nothing in it is proved
 * to be there.
 */
export type RowOf<Id extends ListId> = Told<One<Rows<Extract<Catalogued, { id: Id }>>>>;
