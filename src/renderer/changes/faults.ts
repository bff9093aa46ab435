import type { Operation } from '../../shared/change/operations';
import { forcible } from '../../shared/change/plan';
import type { Row } from '../../shared/row';
import type { ActingOn } from '../state/dialogs';
import { enteredFields } from './choices';
import { type Entries, type Fault, faultOf, isDirty } from './entries';

/** True of several objects, or of as many as a list has. */
export const isMany = (on: ActingOn): boolean => on.kind !== 'row' && on.kind !== 'new';

/** True of what a guard refuses that can be overridden, with the plan in sight: there it is said again. */
const canBeForced = (fault: Fault): boolean => fault.kind === 'guard' && forcible.includes(fault.guard);

/** Fields that something is wrong with, or missing, and that are not planned therefore. */
export const faultsIn = (operation: Operation, on: ActingOn, entries: Entries, row: Row | null): string[] =>
  enteredFields(operation, isMany(on)).flatMap((field) => {
    const entry = entries[field.id];
    if (entry === undefined && !field.required) return [];
    // What was typed and taken back is not sent, right or wrong.
    if (row && entry !== undefined && !isDirty(field, entry, row)) return [];
    const fault = faultOf(field, entry ?? '', row);
    return fault && !canBeForced(fault) ? [field.id] : [];
  });
