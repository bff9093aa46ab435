import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Profile } from '../../shared/profile.ts';
import { queryResource, toServerQuery } from '../../shared/query.ts';
import type { Mirrors } from '../mirror/mirror.ts';
import { harvestMirror } from '../mirror/read-all.ts';
import type { PageAsked, PageOfRows } from '../rows/page.ts';
import type { RowsAsked } from '../rows/readable.ts';
import { noSuchField, unknownFields } from './fields.ts';
import type { CopySource, How, ReadAllAsked } from './row-source.ts';

type Deps = { mirrors: Mirrors; clock: () => number };

/** What is asked of the copy knows at once whether any row has its fields. Throws `query.invalid`. */
const refuseUnknown = async (mirrors: Mirrors, profile: Profile, asked: ReadAllAsked): Promise<void> => {
  const fields = unknownFields(asked);
  if (fields.length === 0) return;
  const query = toServerQuery({ ...asked.query, filters: {}, where: undefined, sort: undefined });
  const paths = fields.map(({ path }) => path);
  const [absent] = await mirrors.absentPaths(profile, query, paths);
  const unknown = fields.find(({ path }) => path === absent);
  if (unknown)
    throw noSuchField(
      queryResource(asked.query),
      unknown,
      (await mirrors.page(profile, query, 0, pageSize)).rows,
    );
};

/** The rows of a tenant's copy on this computer. Throws `mirror.empty`, or `snapshot.without`, where nothing is kept. */
export const copiedRows = (profile: Profile, { mirrors, clock }: Deps): CopySource => {
  const absence = (resource: string) =>
    new DeskError(profile.kind === 'snapshot' ? 'snapshot.without' : 'mirror.empty', { where: resource });
  const rows = async (
    { query, page: number, size, until }: RowsAsked,
    { signal }: How,
  ): Promise<PageOfRows> => {
    const asked = toServerQuery(query);
    const page = await mirrors.page(profile, asked, (number - 1) * size, size, until, signal);
    if (page.asOf === null) throw absence(asked.resource);
    const { where = [], sort: _, ...all } = asked;
    const of = where.length > 0 ? await mirrors.page(profile, all, 0, 0, until, signal) : null;
    return {
      rows: page.rows,
      total: page.total,
      ...(of ? { of: of.total } : {}),
      capped: false,
      until: until ?? null,
      fetchedAt: clock(),
      requestId: null,
      mirror: { asOf: page.asOf, whole: page.whole },
    };
  };
  const page = ({ index, ...asked }: PageAsked, how: How) =>
    rows({ ...asked, page: index + 1, size: pageSize }, how);
  return {
    profile,
    page,
    rows,
    async row(resource, id) {
      const row = await mirrors.row(profile, resource, id);
      if (!row) throw absence(resource);
      return row;
    },
    count: async (query, until, how) =>
      (await page({ query, index: 0, ...(until === undefined ? {} : { until }) }, how)).total,
    about: () => mirrors.about(profile),
    list: (query) => mirrors.list(profile, toServerQuery(query)),
    search: (text, limit) => mirrors.search(profile, text, limit),
    seenChanges: (asked) => mirrors.seenChanges(profile, asked),
    counts: (query, counting, most, signal) =>
      mirrors.counts(profile, toServerQuery(query), counting, most, signal),
    newer: async () => ({ count: 0, capped: false }),
    names: (resource, ids) => mirrors.names(profile, resource, ids).catch(() => ({})),
    async joined(query, given, needed = []) {
      if (needed.length > 0) await mirrors.joined(profile, query.resource, [], null, needed);
      // The copy hands its rows out joined.
      return given;
    },
    async readAll(asked, { strict = false } = {}) {
      if (strict) await refuseUnknown(mirrors, profile, asked);
      return {
        profile,
        read: (options) =>
          harvestMirror(mirrors, profile, { ...options, query: { ...options.query, profile: profile.id } }),
      };
    },
  };
};
