import type { Values } from '../../shared/change/change.ts';
import type { Refusal } from '../../shared/change/checks.ts';
import type { JournalEntry } from '../../shared/change/journal.ts';
import type { Seen } from '../../shared/change/operations/operation.ts';
import { kept, rowsIn, rowsOf, text } from '../../shared/change/operations/values.ts';
import { isUnread, withoutPosing } from '../../shared/change/secrets.ts';
import type { Journal } from './journal.ts';
import type { PlanItem } from './plan.ts';
import { operationOf } from './plan-about.ts';
import { opened, type Sealer } from './saved.ts';

const refused = (entry: JournalEntry, guard: Refusal['guard'], about = ''): PlanItem => ({
  operation: entry.operation,
  target: entry.target,
  values: {},
  refused: { guard, about },
  undoes: entry.id,
});

/** The state that a change left, which another one may have replaced since. */
const left = ({ after, made }: JournalEntry): Values =>
  Object.fromEntries(
    Object.entries(after).map(([key, value]) => [key, kept(key in made ? made[key] : value)]),
  );

/** What rows that were saved are called, by their ids. */
const namesIn = (saved: readonly Seen[]): ReadonlyMap<string, string> => {
  const all = saved.flatMap((seen) => rowsOf([seen]));
  const nested = all.flatMap(({ organizationRoles, users, applications }) =>
    [organizationRoles, users, applications].flatMap(rowsIn),
  );
  const names = [...all, ...nested].map(
    ({ id, name, username, primaryEmail }) =>
      [text(id), text(name) || text(username) || text(primaryEmail)] as const,
  );
  return new Map(names.filter(([, name]) => name !== ''));
};

/** `now`: unix ms. */
type UndoDeps = {
  journal: Journal;
  sealer: Sealer;
  profile: string;
  now: number;
  forced: readonly string[];
};

/** What undoes an entry, as an item of a plan. */
const itemOf = async (
  entry: JournalEntry,
  { journal, sealer, profile, now, forced }: UndoDeps,
): Promise<PlanItem> => {
  const operation = operationOf(entry.operation);
  if (entry.undoneBy !== null) return refused(entry, 'already-undone');
  if (entry.outcome !== 'done' && entry.outcome !== 'partly') return refused(entry, 'cannot-be-undone');
  if (operation.recreate) {
    // Of what nothing tells that it is there, another one would be made.
    if (journal.mayBeUndone(entry.id) && !forced.includes('changed-since'))
      return refused(entry, 'changed-since');
    const body = journal.sealed(entry.id, now);
    if (!body) return refused(entry, 'saved-gone');
    const saved = opened(await sealer.key(), body, { profile, entry: entry.id });
    const draft = saved && operation.recreate(entry.target, saved, entry.id);
    if (!draft) return refused(entry, 'saved-damaged');
    const { fields } = operationOf(draft.operation);
    const isSecret = (path: string) => fields.some(({ id, secret }) => id === path && secret);
    return {
      operation: draft.operation,
      target: draft.target,
      // One that was in the custom data of whom it was would have all of that refused, and nobody would come back.
      values: withoutPosing(draft.after, isSecret) as Values,
      undoes: entry.id,
      names: namesIn(saved),
    };
  }
  if (isUnread(entry.before)) return refused(entry, 'never-read');
  const draft = operation.inverse(entry);
  if (!draft) return refused(entry, 'cannot-be-undone');
  return {
    operation: draft.operation,
    target: draft.target,
    values: draft.after,
    undoes: entry.id,
    // Of what is put back as a whole, another's later change would be overwritten.
    ...(operation.kind === 'update' ? { since: operation.left?.(entry) ?? left(entry) } : {}),
  };
};

/** What undoes entries, the newest first, so that each finds what it left. */
export const undoItems = async (entries: readonly JournalEntry[], deps: UndoDeps): Promise<PlanItem[]> => {
  const items: PlanItem[] = [];
  for (const entry of entries.toSorted((one, other) => other.id - one.id))
    items.push(await itemOf(entry, deps));
  return items;
};
