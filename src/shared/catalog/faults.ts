type Id<R> = R extends { id: infer I extends string } ? I : never;
type Of<All, I> = Extract<All, { id: I }>;
type Related<R> = R extends { related: readonly (infer One)[] } ? One : never;
type Named<R> =
  Related<R> extends infer One ? (One extends { resource: infer I extends string } ? I : never) : never;
type FilterIds<R> = R extends { filters: readonly (infer F)[] }
  ? F extends { id: infer I }
    ? I
    : never
  : never;

type RowPath<R> = R extends { path: infer Path extends string; itemPath?: infer Item }
  ? `${Path}/{${string}}` | (Item extends string ? Item : never)
  : never;

/** What is wrong with a list below rows: its parent has to be a list that names it, and its path to go on from there. */
type BelowNothing<All, R> = R extends {
  path: infer Path;
  parent: { resource: infer P extends string; segment: string };
}
  ? [Of<All, P>] extends [never]
    ? `${Id<R>}: its parent ${P} is not a list`
    : Id<R> extends Named<Of<All, P>>
      ? Path extends `${RowPath<Of<All, P>>}/${string}`
        ? never
        : `${Id<R>}: its path is not below a row of ${P}`
      : `${Id<R>} is missing among the related lists of ${P}`
  : never;

/** Lists that a list speaks of, each by how it does. */
type Spoken<R> =
  | Named<R>
  | (R extends { columns: readonly (infer C)[] } ? Leads<C> : never)
  | (R extends { filters: readonly (infer F)[] } ? Leads<F> : never)
  | (R extends { rowsOf: infer I extends string } ? I : never)
  | (R extends { inverse: infer I extends string } ? I : never);
type Leads<C> =
  | (C extends { ref: infer I extends string } ? I : never)
  | (C extends { joins: infer I extends string } ? I : never);
type NoList<All, R> = R extends unknown
  ? Exclude<Spoken<R>, Id<All>> extends infer I extends string
    ? `${Id<R>} refers to ${I}, which is not a list`
    : never
  : never;

/** A list filtered by a row's value, and neighbours by one, need that list's filter. */
type NoFilter<All, R> =
  | (R extends { related: readonly (infer One)[] }
      ? One extends { resource: infer I extends string; filter: infer F extends string }
        ? F extends FilterIds<Of<All, I>>
          ? never
          : `${Id<R>} asks ${I} for ${F}, which is not one of its filters`
        : never
      : never)
  | (R extends { adjacent: readonly (infer One)[] }
      ? One extends { filter: infer F extends string }
        ? F extends FilterIds<R>
          ? never
          : `${Id<R>} asks for neighbours by ${F}, which is not one of its filters`
        : never
      : never);

/** What is wrong between lists; never, where they agree with each other. */
export type Faults<All> = BelowNothing<All, All> | NoList<All, All> | NoFilter<All, All>;

/** Lists without a fault: where there is one, the compiler says which. */
export type Faultless<Lists, Fault extends never> = Lists | Fault;
