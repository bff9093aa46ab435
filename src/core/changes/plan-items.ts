import type { Change, Target } from '../../shared/change/change.ts';
import type { PlanFile } from '../../shared/change/plan.ts';
import { DeskError } from '../../shared/errors.ts';
import type { PlanItem } from './plan.ts';
import { isToBeMade, operationOf } from './plan-about.ts';

/** What a plan's file calls an object is what whoever edited it says: it is named anew, by what is there or is made. */
const unnamed = ({ target, after }: Change): Target => {
  const isMade = target.id === '' && Object.values(after).includes(target.label);
  return { ...target, label: isMade ? target.label : '' };
};

/**
 * What a plan's file asks for, to be planned anew. `isOf`: whether an entry of this computer's journal is of an object; the
 * numbers of another computer's journal are other entries here. Throws `changes.operation`.
 */
export const itemsOfFile = (file: PlanFile, isOf: (entry: number, target: Target) => boolean): PlanItem[] =>
  file.planned.filter(isToBeMade).map(({ change, line }): PlanItem => {
    const { id, resource } = operationOf(change.operation);
    // What is done decides what is guarded and masked: an object of another list is none that it is done to.
    if (change.target.resource !== resource)
      throw new DeskError('changes.operation', {
        where: id,
        reason: `it is not done to ${change.target.resource}`,
      });
    const undoes = file.undoes[String(change.number)];
    return {
      operation: change.operation,
      target: unnamed(change),
      values: change.after,
      since: change.before,
      line,
      ...(undoes === undefined || !isOf(undoes, change.target) ? {} : { undoes }),
    };
  });
