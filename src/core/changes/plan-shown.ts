import type { Planned, PlannedShown } from '../../shared/change/plan.ts';
import type { Profile } from '../../shared/profile.ts';
import { curlOf } from './curl.ts';
import type { Plan } from './plan.ts';
import { isToBeMade, lossesOf, operationOf, takenBy, undoableOf } from './plan-about.ts';

/**
 * A change of a plan as a screen shows it. `canSave`: whether what its undo needs can be kept; `undoes`: entries that the plan
 * undoes, by the number of a change.
 */
export const shown = (
  profile: Profile,
  one: Planned,
  { canSave, undoes, forced }: Pick<Plan, 'canSave' | 'undoes' | 'forced'>,
): PlannedShown => {
  const operation = operationOf(one.change.operation);
  const { before, after, target } = one.change;
  const isSent = isToBeMade(one);
  const undoable = undoableOf(operation, one.change, canSave, forced);
  return {
    ...one,
    ...(one.takes ? { takes: takenBy(one.takes, undoable) } : {}),
    undoable,
    losses: lossesOf(operation, { target, after }, String(one.change.number) in undoes, undoable),
    curl: isSent ? curlOf(profile, operation.requests({ target, before, after })) : '',
  };
};
