import { z } from 'zod';
import type { Profile } from '../../shared/profile.ts';
import { isElsewhere } from '../base/processes.ts';
import type { Session } from '../client/session.ts';
import { reportSchema, trimmed } from '../harvest/kept-report.ts';
import { isInterrupted, type JobKind } from '../jobs/kind.ts';
import { type CopyReport, copySchema, copyTenant } from './copy-tenant.ts';
import type { Mirrors } from './mirror.ts';

export type CopyJobDeps = {
  /** What is open towards the server of a tenant, by its id or name. */
  sessionOf: (profile: string) => Promise<Session>;
  isKnown: (profile: string) => boolean;
  profileOf: (profile: string) => Promise<Profile>;
  mirrors: Mirrors;
  clock: () => number;
};

const requestSchema = copySchema.extend({ profile: z.string().default('') });
type CopyRequest = z.infer<typeof requestSchema>;

const count = z.number().int().min(0);
const resultSchema = z.object({
  rows: count,
  gone: count,
  lists: z.array(
    z.object({
      resource: z.string(),
      rows: count,
      whole: z.boolean(),
      absent: z.boolean(),
      report: reportSchema.exactOptional(),
    }),
  ),
});

/** A copy of a tenant's lists onto this computer. */
export const copyJob = (deps: CopyJobDeps): JobKind<'copy', CopyRequest, CopyReport> => ({
  id: 'copy',
  request: requestSchema,
  result: resultSchema,
  trimmed: (report) => ({
    ...report,
    lists: report.lists.map((list) => (list.report ? { ...list, report: trimmed(list.report) } : list)),
  }),
  isAlone: true,
  async open(request, { left }) {
    const { mirrors, clock } = deps;
    const session = await deps.sessionOf(left?.profile ?? request.profile);
    const { id: profile } = session.profile;
    const asked = { ...request, profile, ...(left ? { resume: left.startedAt } : {}) };
    return {
      about: { title: 'users', profile },
      kept: { ...request, profile },
      run: ({ signal, tell }) => copyTenant(asked, { session, mirrors, clock, signal, onProgress: tell }),
    };
  },
  // All that it read is in the copy: whoever resumes it asks for what lacks there.
  resume: {
    place: ({ profile }) => `copy ${profile}`,
    isLeft: (job) =>
      isInterrupted(job) || job.result?.lists.some(({ whole, absent }) => !whole && !absent) === true,
    async find({ pid, pidAt, title, profile, startedAt }) {
      if (isElsewhere(pid, pidAt)) return 'busy';
      return deps.isKnown(profile) ? { title, profile, startedAt } : 'gone';
    },
    async discard({ profile }) {
      if (deps.isKnown(profile)) await deps.mirrors.discardCopies(await deps.profileOf(profile));
    },
  },
});
