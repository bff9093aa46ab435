import { create } from 'zustand';
import type { Job } from '../../core/router';
import { jobsList } from '../../shared/jobs-view';
import { frontTab } from './tab-list';
import { openQuery, tabQuery, useWorkspace } from './workspace';

/** A job, what its kind makes, whether it can be paused, and whether its file waits to be downloaded. */
export type ShownJob = Job & { makes: 'file' | 'folder' | null; isPausable: boolean; downloads: boolean };

/** The job of one kind. */
export type ShownOf<Kind extends Job['kind']> = Extract<ShownJob, { kind: Kind }>;

/** Long work, under way and ended, the newest last; and when the page of jobs was in front last, unix ms. */
export const useJobs = create<{ jobs: readonly ShownJob[]; lookedAt: number }>(() => ({
  jobs: [],
  lookedAt: 0,
}));

/** Jobs of this run of the program, and those of an earlier one that can be resumed: what the line tells. */
export const ofNow = (jobs: readonly ShownJob[]): readonly ShownJob[] =>
  jobs.filter(({ earlier }) => !earlier);

type Open = Parameters<typeof frontTab>[0];

const frontQuery = (open: Open) => {
  const front = frontTab(open);
  return front && tabQuery(front);
};

/** True while the page of jobs is in front. */
export const areJobsInFront = (open: Open): boolean => frontQuery(open)?.resource === jobsList;

/** Whose the page of jobs would be: it stands among the views of the tenant in front, or of that of the newest job. */
const profileForJobs = (): string | undefined =>
  frontQuery(useWorkspace.getState())?.profile ?? useJobs.getState().jobs.at(-1)?.profile;

export const canShowJobs = (): boolean => profileForJobs() !== undefined;

/** Shows the page of all jobs, beside what is in front. */
export const showJobs = () => {
  const profile = profileForJobs();
  if (profile) openQuery({ profile, resource: jobsList, filters: {} }, undefined, { keep: true });
};
