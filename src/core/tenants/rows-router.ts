import { z } from 'zod';
import { findResource } from '../../shared/catalog/index.ts';
import { pageSize } from '../../shared/limits.ts';
import { queryResource, querySchema } from '../../shared/query.ts';
import { wellFormed } from '../../shared/text.ts';
import { profileId, t, unlocked } from '../contract.ts';
import { carriersOf } from '../rows/carriers.ts';
import { countsSchema } from '../rows/counts-asked.ts';
import { accessLists, accessOf } from './access.ts';

const until = z.number().int().optional();

/** Rows of tenants: pages of views, single rows, their names, and searches through all of a view. */
export const rowsRouter = t.router({
  page: unlocked
    .input(
      z.object({
        query: querySchema,
        index: z.number().int().min(0).max(1_000_000),
        until,
        /** `background`: nobody looks at it yet, it goes by the share of jobs. */
        priority: z.enum(['visible', 'ahead', 'background']).default('visible'),
        /** Answered by the mirror, local conditions and order included. */
        mirrored: z.boolean().default(false),
        /** The server is asked even where it was not reached a moment ago. */
        anew: z.boolean().default(false),
        /** Columns of who belongs to what that the page's rows are held against: it has them, or is refused. */
        needed: z.array(z.string().max(64)).max(16).default([]),
      }),
    )
    .query(({ ctx: { core }, input: { query, index, until: pinned, mirrored, ...how }, signal }) => {
      const asked = { query, index, ...(pinned === undefined ? {} : { until: pinned }) };
      return core.pages.page(asked, { ...how, joinsLater: true, ...(signal ? { signal } : {}) }, mirrored);
    }),
  /** The view with ids for the names in its search. */
  named: unlocked
    .input(z.object({ query: querySchema }))
    .query(({ ctx: { core }, input: { query } }) => core.pages.named(query)),
  /** The view with ids for the names in its filters and conditions, too: `application: Storefront`. */
  ids: unlocked
    .input(z.object({ query: querySchema }))
    .query(async ({ ctx: { core }, input }) => (await core.pages.withIds(input)).query),
  /** What the copy knows of who belongs to what, of rows by their ids: of each row its id and those columns. */
  joined: unlocked
    .input(z.object({ query: querySchema, ids: z.array(wellFormed.max(256)).max(pageSize) }))
    .query(({ ctx: { core }, input: { query, ids } }) => {
      const { rowId } = queryResource(query);
      return core.pages.joined(
        { query },
        ids.map((id) => ({ [rowId]: id })),
      );
    }),
  count: unlocked
    .input(z.object({ query: querySchema, until }))
    .query(({ ctx: { core }, input: { query, until: at }, signal }) =>
      core.pages.count(query, at, { priority: 'ahead', ...(signal ? { signal } : {}) }),
    ),
  /** Conditions held against every row of a view: `start` gives a number, each `look` takes what was found since. */
  scan: t.router({
    start: unlocked
      .input(
        z.object({
          query: querySchema,
          until,
          mirrored: z.boolean().default(false),
          counts: countsSchema.optional(),
        }),
      )
      .mutation(({ ctx: { core }, input }) => core.scans.start(input)),
    look: unlocked
      .input(z.object({ id: z.uuid(), from: z.number().int().min(0) }))
      .query(({ ctx: { core }, input }) => core.scans.look(input.id, input.from)),
    stop: unlocked
      .input(z.object({ id: z.uuid() }))
      .mutation(({ ctx: { core }, input }) => core.scans.stop(input.id)),
  }),
  newer: unlocked
    .input(z.object({ query: querySchema, until: z.number().int() }))
    .query(({ ctx: { core }, input: { query, until: at }, signal }) =>
      core.pages.newer(query, at, { priority: 'ahead', ...(signal ? { signal } : {}) }),
    ),
  /** What rows of a resource are called, by id; null where it is not known. */
  names: unlocked
    .input(
      z.object({
        profile: profileId,
        resource: z.string().refine((id) => findResource(id) !== undefined, 'there is no such list'),
        ids: z.array(wellFormed.min(1).max(256)).max(500),
      }),
    )
    .query(({ ctx: { core }, input: { profile, resource, ids } }) =>
      core.pages.names(profile, resource, ids),
    ),
  /** A picture that a row names, as a `data:` URL, where the tenant's settings allow it. */
  image: unlocked
    .input(z.object({ profile: profileId, address: wellFormed.max(2048) }))
    .query(({ ctx: { core }, input, signal }) => core.imageOf(input.profile, input.address, signal)),
  /** The roles that carry each permission, by the permission's id. */
  carriers: unlocked
    .input(z.object({ profile: profileId }))
    .query(async ({ ctx: { core }, input, signal }) =>
      carriersOf((await core.tenants.open(input.profile)).server(), signal),
    ),
  /** What a user or an application may do, and through which roles. */
  access: unlocked
    .input(z.object({ profile: profileId, list: z.enum(accessLists), id: wellFormed.min(1).max(256) }))
    .query(({ ctx: { core }, input, signal }) =>
      accessOf(input, core.pages, { priority: 'visible', ...(signal ? { signal } : {}) }),
    ),
  /**
   * Who of a pasted list is there: emails, ids, phones and usernames, one a line or between commas, semicolons and tabs.
   * `query` of the answer is the view of those who were found; entries without ids were not, with several are ambiguous.
   */
  find: unlocked
    .input(
      z.object({
        profile: profileId,
        text: wellFormed.max(2_000_000),
        /** Answered by the mirror. */
        mirrored: z.boolean().default(false),
      }),
    )
    .query(({ ctx: { core }, input: { profile, text, mirrored }, signal }) =>
      core.pages.find(profile, text, { mirrored, ...(signal ? { signal } : {}) }),
    ),
  /** Users, organizations, roles and applications that what was typed may mean, the best first. */
  lookUp: unlocked
    .input(z.object({ profile: profileId, text: wellFormed.min(1).max(200) }))
    .query(({ ctx: { core }, input: { profile, text }, signal }) =>
      core.pages.lookUp(profile, text, { priority: 'visible', ...(signal ? { signal } : {}) }),
    ),
  row: unlocked
    .input(
      z.object({
        profile: profileId,
        resource: z.string().max(64),
        id: wellFormed.min(1).max(256),
        priority: z.enum(['visible', 'background']).default('visible'),
      }),
    )
    .query(({ ctx: { core }, input: { profile, resource, id, priority }, signal }) =>
      core.pages.row(profile, resource, id, { priority, ...(signal ? { signal } : {}) }),
    ),
});
