import type { Planned, PlannedShown } from '../../shared/change/plan.ts';
import type { Profile } from '../../shared/profile.ts';
import { curlOf } from './curl.ts';
import { isToBeMade, operationOf, undoableOf } from './plan-about.ts';

/** A change of a plan as a screen shows it. `canSave`: whether what its undo needs can be kept. */
export const shown = (profile: Profile, one: Planned, canSave: boolean): PlannedShown => {
  const operation = operationOf(one.change.operation);
  const { before, after, target } = one.change;
  const isSent = isToBeMade(one);
  return {
    ...one,
    undoable: undoableOf(operation, one.change, canSave),
    losses: operation.losses({ target, after }),
    curl: isSent ? curlOf(profile, operation.requests({ target, before, after })) : '',
  };
};
