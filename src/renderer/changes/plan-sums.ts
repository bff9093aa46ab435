import { type PlanAbout, verdicts } from '../../shared/change/plan';

/** Changes that a plan makes. */
export const changesToMake = ({ counts }: Pick<PlanAbout, 'counts'>): number =>
  counts.create + counts.change + counts.delete;

/** Objects that a plan looked at. */
export const objectsIn = ({ counts }: Pick<PlanAbout, 'counts'>): number =>
  verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
