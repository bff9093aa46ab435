import PQueue from 'p-queue';
import { z } from 'zod';
import {
  catalog,
  listsAlong,
  placedResources,
  type Resource,
  resourceOf,
} from '../../shared/catalog/index.ts';
import type { DeskError } from '../../shared/errors.ts';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row.ts';
import { isFailure, isUnanswered } from '../client/failure.ts';
import { nothingRead } from '../harvest/report.ts';
import { failedReport, failures, together } from '../harvest/together.ts';
import type { Progress } from '../jobs/kind.ts';
import { copyList, type ListAsked, type ListCopy, type ListDeps } from './copy-list.ts';

export const copySchema = z.object({
  /** Lists by their ids; absent: every list of the side bar. */
  resources: z
    .array(z.enum(placedResources.map(({ id }) => id)))
    .min(1)
    .max(100)
    .optional(),
  /** Logs from this moment on, unix ms; absent: all. */
  logsSince: z.number().int().min(0).optional(),
  /** Nested lists too: members, permissions and the like; absent: yes. One request or more per row. */
  below: z.boolean().optional(),
  /** Lists below rows by their ids, in the place of all that `below` means. */
  nested: z
    .array(z.enum(catalog.filter(({ parent }) => parent !== undefined).map(({ id }) => id)))
    .min(1)
    .max(20)
    .optional(),
  /** And the lists nested under users: sessions, MFA factors, grants and the like; absent: no. */
  belowUsers: z.boolean().optional(),
});
export type CopyAsked = z.infer<typeof copySchema> & ListAsked;

/** What copying a tenant came to: rows read by list, and the lists that the tenant does not offer or gave in part. */
export type CopyReport = {
  rows: number;
  gone: number;
  lists: (Pick<ListCopy, 'rows' | 'whole' | 'absent' | 'report'> & { resource: string })[];
};

type CopyDeps = ListDeps & {
  onProgress: (progress: Progress) => void;
};

/** What can be copied: everything of the side bar. */
export const copied: readonly Resource[] = placedResources;

/** Parents whose lists are read, taken from the mirror at a time. */
const parentsAtOnce = 500;

/** Parents whose lists are read at the same time. */
const parentsTogether = 8;

/**
 * Copies the lists below every row of a mirrored list, e.g. the members of each organization. One whose error `survives` is
 * noted as a lack. Throws `DeskError`.
 */
const copyBelow = async (
  asked: ListAsked,
  list: Resource,
  deps: ListDeps,
  tell: (rows: number) => void,
  survives: (error: unknown) => boolean = isFailure,
): Promise<ListCopy> => {
  const of = list.parent?.resource ?? '';
  const sum: ListCopy = { rows: 0, gone: 0, whole: true, absent: true };
  let isLacking = false;
  const own = new AbortController();
  const held = { ...deps, signal: AbortSignal.any([deps.signal, own.signal]) };
  const turns = new PQueue({ concurrency: parentsTogether });
  const failing = failures();
  const copyOne = async (row: Row) => {
    // The tenant lacks the list: no other row has it either.
    if (isLacking) return;
    const parent = rowIdOf(resourceOf(of), row);
    const copied = await copyList(asked, list, parent, held, () => {}).catch((error: unknown) => {
      if (!survives(error)) throw error;
      failing.failed(error);
      return { rows: 0, gone: 0, whole: false, absent: false, report: failedReport(0) };
    });
    const { rows, gone, whole, absent, report } = copied;
    if (whole || absent) failing.answered();
    if (report)
      sum.report = together(sum.report ?? nothingRead, report, {
        id: parent,
        name: rowLabelOf(resourceOf(of), row),
      });
    sum.rows += rows;
    sum.gone += gone;
    sum.whole &&= whole;
    sum.absent &&= absent;
    isLacking ||= absent;
    tell(sum.rows);
  };
  try {
    const { profile } = deps.session;
    const query = { profile: profile.id, resource: of, filters: {} };
    const { numbers } = await deps.mirrors.view(profile, query);
    for (let at = 0; at < numbers.length && !isLacking; at += parentsAtOnce) {
      const rows = await deps.mirrors.rowsAt(profile, query, numbers.slice(at, at + parentsAtOnce));
      await turns.addAll(rows.map((row) => () => copyOne(row)));
    }
    failing.end();
    return numbers.length === 0 ? { ...sum, absent: false } : sum;
  } finally {
    // After an error no other reader continues.
    own.abort();
    turns.clear();
    await turns.onIdle();
  }
};

/** What reading who belongs to what came to, a list. `error`: nothing of it came; `lacks`: rows whose members did not, by name. */
export type MembersRead = { list: string; whole: boolean; error: DeskError | null; lacks: string[] };

/** The rows below which members lack, by name. */
const lackedOf = ({ report }: ListCopy): string[] => [
  ...new Set(report?.lacks.flatMap(({ parent }) => (parent ? [parent.name] : []))),
];

/**
 * Copies who belongs to what, so that users can be joined with it. A list that does not come is told, not thrown: the
 * users can be read without it. Throws `DeskError`.
 */
export const copyMembers = async (
  profile: string,
  lists: readonly string[],
  deps: ListDeps,
): Promise<MembersRead[]> => {
  const read: MembersRead[] = [];
  for (const list of lists) {
    const resource = resourceOf(list);
    const above = resourceOf(resource.parent?.resource ?? '');
    try {
      const parents = await copyList({ profile }, above, undefined, deps, () => {});
      const below = await copyBelow({ profile }, resource, deps, () => {}, isUnanswered);
      const whole = (parents.whole || parents.absent) && below.whole;
      read.push({ list, whole, error: null, lacks: lackedOf(below) });
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      read.push({ list, whole: false, error, lacks: [] });
    }
  }
  return read;
};

/** Copies lists of a tenant into its mirror, one after the other. Throws `DeskError`. */
export const copyTenant = async (
  asked: CopyAsked,
  { onProgress, ...deps }: CopyDeps,
): Promise<CopyReport> => {
  const chosen = asked.resources ? asked.resources.map(resourceOf) : copied;
  const report: CopyReport = { rows: 0, gone: 0, lists: [] };
  const failing = failures();
  const add = (resource: string, { rows, gone, whole, absent, report: lacking }: ListCopy) => {
    report.lists.push({ resource, rows, whole, absent, ...(lacking ? { report: lacking } : {}) });
    report.rows += rows;
    report.gone += gone;
  };
  const { below = true, belowUsers = false } = asked;
  const along = asked.nested
    ? asked.nested.map(resourceOf)
    : chosen.flatMap((resource) => listsAlong(resource, { below, belowUsers }));
  /** Tells how far the list is that the copy is at: how many rows the ones after it have is not known. */
  const tellOf =
    ({ id }: Resource, at: number) =>
    (rows: number, total: number | null) =>
      onProgress({
        rows: report.rows + rows,
        total: total === null ? null : report.rows + total,
        title: id,
        part: { number: at + 1, of: chosen.length + along.length },
      });
  for (const [at, resource] of chosen.entries()) {
    const tell = tellOf(resource, at);
    const copied = await copyList(asked, resource, undefined, deps, tell).catch(
      (error: unknown): ListCopy => {
        if (!isFailure(error)) throw error;
        failing.failed(error);
        return { rows: 0, gone: 0, whole: false, absent: false, report: failedReport(0) };
      },
    );
    if (copied.whole || copied.absent) failing.answered();
    add(resource.id, copied);
  }
  failing.end();
  for (const [at, list] of along.entries()) {
    const tell = tellOf(list, chosen.length + at);
    add(list.id, await copyBelow(asked, list, deps, (rows) => tell(rows, null)));
  }
  return report;
};
