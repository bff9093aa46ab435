import { findResource } from '../../shared/catalog/index.ts';
import type { Change, Target } from '../../shared/change/change.ts';
import { findOperation } from '../../shared/change/operations/index.ts';
import type { PlanFile } from '../../shared/change/plan.ts';
import { titleOfChange } from '../../shared/change/title.ts';
import { DeskError } from '../../shared/errors.ts';
import type { PlanItem } from './plan.ts';
import { isToBeMade, operationOf } from './plan-about.ts';

/** What a plan's file calls an object is what whoever edited it says: it is named anew, by what is there or is made. */
const unnamed = ({ target, after }: Change): Target => {
  const isMade = target.id === '' && Object.values(after).includes(target.label);
  // Two changes of one object are made in their order, whatever its file says that it is below.
  const parent = findResource(target.resource)?.path.includes('{') ? target.parent : '';
  return { ...target, parent, label: isMade ? target.label : '' };
};

/** What a plan's file is called: by what it does, not by what it says that it does. */
export const titleOfFile = ({ title, planned }: PlanFile): string => {
  if (title === 'undo' || title === 'import') return title;
  const [operation, ...others] = new Set(planned.map(({ change }) => change.operation));
  if (operation === undefined || others.length > 0) return 'several';
  const known = findOperation(operation);
  const [side = operation, ...sides] = new Set(
    known && planned.map(({ change }) => titleOfChange(known, change.after)),
  );
  return sides.length > 0 ? operation : side;
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
