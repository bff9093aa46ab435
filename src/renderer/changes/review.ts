import type { Operation } from '../../shared/change/operations';
import type { PlanAsked } from '../../shared/change/plan';
import type { Row } from '../../shared/row';
import { firstOf } from '../common/tabbing';
import { api } from '../link/api';
import type { ActingOn } from '../state/dialogs';
import { enteredFields } from './choices';
import { askedOf, type Entries } from './entries';
import { isMany } from './faults';
import { usePlanning } from './planned';

/** Whom a plan is made for, as it is asked. */
const selectionOf = (on: ActingOn): PlanAsked['on'] => {
  switch (on.kind) {
    case 'row':
      return { kind: 'ids', parent: on.parent, ids: [on.id] };
    case 'ids':
      return { kind: 'ids', parent: on.parent, ids: [...on.ids] };
    case 'view':
      return { kind: 'view', query: on.query };
    case 'pasted':
      return { kind: 'pasted', text: on.text };
    case 'new':
      return { kind: 'new', parent: on.parent };
  }
};

/** Puts the focus into the first of some fields of a form, on what is wrong with it. What folds it away is opened. */
export const focusFirst = (form: Element | null, ids: readonly string[]) => {
  const fields = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
  const field = fields.find(({ dataset }) => ids.includes(dataset.field ?? ''));
  const fold = field?.closest('details');
  if (fold) fold.open = true;
  if (field) (field.querySelector<HTMLElement>('[aria-invalid="true"]') ?? firstOf(field))?.focus();
};

export type ReviewAsked = {
  profile: string;
  operation: Operation;
  on: ActingOn;
  entries: Entries;
  /** The row whose fields are edited; null where what was entered is asked as it is. */
  row: Row | null;
};

/** Secrets go to the core by themselves; what is asked holds references to them. */
const withoutSecrets = async (operation: Operation, values: Readonly<Record<string, unknown>>) => {
  const asked: Record<string, unknown> = { ...values };
  for (const { id, secret } of operation.fields)
    if (secret && typeof asked[id] === 'string')
      asked[id] = await api.changes.keepSecret.mutate({ value: asked[id] });
  return asked;
};

/** Makes a plan of what was entered, and shows it; `ticket`: by which it is told how far it is. Nothing is sent to the tenant but what reads its state. */
export const useReview = (ticket?: string) =>
  usePlanning(async ({ profile, operation, on, entries, row }: ReviewAsked) => {
    const { values, unset } = askedOf(enteredFields(operation, isMany(on)), entries, row);
    const asked: PlanAsked = {
      profile,
      operation: operation.id,
      on: selectionOf(on),
      values: await withoutSecrets(operation, values),
      unset,
    };
    return { asked, about: await api.changes.plan.mutate(ticket ? { ...asked, ticket } : asked) };
  });
