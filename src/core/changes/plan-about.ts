import { randomUUID } from 'node:crypto';
import type { Change, Loss, Undoable, Values } from '../../shared/change/change.ts';
import { findOperation } from '../../shared/change/operations/index.ts';
import { namedIn, namingOf } from '../../shared/change/operations/naming.ts';
import type { Operation } from '../../shared/change/operations/operation.ts';
import { without } from '../../shared/change/operations/values.ts';
import {
  type Guard,
  type PlanAbout,
  type PlanCounts,
  type PlanFile,
  type Planned,
  type Verdict,
  verdicts,
} from '../../shared/change/plan.ts';
import { isUnread } from '../../shared/change/secrets.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Session } from '../client/session.ts';
import { deliveriesOf, type Fired, noteFired } from './deliveries.ts';
import { Duration, noReads, type Reads, SavingReads } from './duration.ts';
import { printsIn } from './hidden.ts';
import { confirmOf } from './unlocked.ts';

/** Throws `changes.operation`. */
export const operationOf = (id: string): Operation => {
  const operation = findOperation(id);
  if (!operation) throw new DeskError('changes.operation', { where: id });
  return operation;
};

/** Changes that are made, of all that were looked at. */
export const isToBeMade = ({ verdict }: Pick<Planned, 'verdict'>): boolean =>
  verdict !== 'unchanged' && verdict !== 'refused';

/** Lists whose rows count as objects where a change of another object names them. */
const counted: readonly string[] = ['users', 'applications'];

/** Users and applications that a change of another object concerns: members of what is made, those of a set. */
const alsoConcerned = ({ fields, kind }: Operation, { before, after }: Change): string[] => {
  const keysIn = (values: Values) =>
    fields.flatMap((field) => {
      const naming = namingOf(field);
      const named = naming && values[field.id] !== undefined ? namedIn(naming, values[field.id]) : [];
      return named.filter(({ list }) => counted.includes(list)).map(({ list, id }) => keyOf(list, '', id));
    });
  const wanted = keysIn(after);
  if (kind !== 'update') return wanted;
  // Of what is set as a whole, those that come and go.
  const had = keysIn(before);
  return [...without(wanted, had), ...without(had, wanted)];
};

const keyOf = (resource: string, parent: string, id: string | number) =>
  JSON.stringify([resource, parent, id]);

/** What has to be typed before these changes are made: deletes are counted, and objects, those in a set too. */
export const confirmFor = (profile: Profile, planned: readonly Planned[]): string | null => {
  const objects = new Set<string>();
  let deletes = 0;
  for (const { change, verdict } of planned) {
    if (!isToBeMade({ verdict })) continue;
    const { target, number } = change;
    if (verdict === 'delete') deletes += 1;
    objects.add(keyOf(target.resource, target.parent, target.id || number));
    for (const key of alsoConcerned(operationOf(change.operation), change)) objects.add(key);
  }
  return confirmOf(profile, { deletes, objects: objects.size });
};

/** Losses that tell what undoing gives back, or how. */
const toldOfUndoing: readonly Loss[] = ['newId', 'newSecret', 'memberRoles', 'accessRules'];

/**
 * What a change loses for good; `isUndoing`: it undoes another one, and what it creates had an ID before. Of one that cannot be
 * undone nothing is told of undoing it.
 */
export const lossesOf = (
  operation: Operation,
  change: Pick<Change, 'target' | 'after'>,
  isUndoing: boolean,
  undoable: Undoable,
): Loss[] => [
  ...(isUndoing && operation.kind === 'create' ? (['idIsNew'] as const) : []),
  ...operation.losses(change).filter((loss) => undoable !== 'never' || !toldOfUndoing.includes(loss)),
];

/** What a change takes along; one that cannot be undone gives nothing of it back. */
export const takenBy = <Taken extends { isBack: boolean }>(
  takes: readonly Taken[],
  undoable: Undoable,
): Taken[] => takes.map((one) => ({ ...one, isBack: one.isBack && undoable !== 'never' }));

/** What was read of a change, and is again when it is made; `saved`: what a delete takes along, null where it was not counted. */
export type ChangeReads = { looked: Reads; saved: Reads | null };

type Sum = PlanAbout['taken'][number];

/** What a plan comes to: counts, losses, requests and time, what webhooks will be told, what has to be typed. */
export const aboutOf = async (
  session: Session,
  {
    planned,
    readAt,
    title,
    forced,
    undoes,
  }: Pick<PlanFile, 'planned' | 'readAt' | 'title' | 'forced' | 'undoes'>,
  canSave: boolean,
  readsOf: ReadonlyMap<number, ChangeReads>,
): Promise<PlanAbout> => {
  const { profile } = session;
  const counts: PlanCounts = {
    ...(Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>),
    neverUndone: 0,
    partlyUndone: 0,
  };
  const losses = new Set<Loss>(forced.includes('rows-hidden') ? ['rowsHidden'] : []);
  let uncounted = 0;
  let lacking = 0;
  const taken = new Map<string, Sum>();
  const fired: Fired = new Map();
  const duration = new Duration();
  const usual = new SavingReads();
  for (const { change } of planned) {
    const saved = readsOf.get(change.number)?.saved;
    if (saved) usual.note(change.operation, saved);
  }
  for (const { change, verdict, takes, lacks = [] } of planned) {
    counts[verdict] += 1;
    if (!isToBeMade({ verdict })) continue;
    const operation = operationOf(change.operation);
    const undoable = undoableOf(operation, change, canSave, forced);
    if (undoable === 'never') counts.neverUndone += 1;
    if (undoable === 'partly') counts.partlyUndone += 1;
    const isUndoing = String(change.number) in undoes;
    for (const loss of lossesOf(operation, change, isUndoing, undoable)) losses.add(loss);
    const requests = operation.requests(change);
    noteFired(fired, requests);
    const { looked, saved } = readsOf.get(change.number) ?? { looked: noReads(), saved: null };
    const object = keyOf(change.target.resource, change.target.parent, change.target.id || change.number);
    duration.note(object, requests, looked);
    const saves = operation.saves?.(change.target).length ?? 0;
    const least = saves + (operation.holders?.length ?? 0);
    if (saves > 0) duration.note(object, [], saved ?? usual.usual(operation.id, least));
    if (lacks.length > 0) lacking += 1;
    if (operation.takes && takes === undefined) uncounted += 1;
    for (const { list, count, isBack } of takenBy(takes ?? [], undoable)) {
      const key = `${list} ${isBack}`;
      taken.set(key, { list, isBack, count: count + (taken.get(key)?.count ?? 0) });
    }
  }
  return {
    id: randomUUID(),
    profile: profile.id,
    title,
    readAt,
    counts,
    losses: [...losses],
    taken: [...taken.values()],
    uncounted,
    lacking,
    forced,
    requests: duration.requests,
    takesMs: duration.msOf(profile),
    deliveries: await deliveriesOf(session, fired),
    confirm: confirmFor(profile, planned),
  };
};

/** How far a change can be undone; one of which nothing can be kept that undoing needs not at all. */
export const undoableOf = (
  operation: Operation,
  { before, after }: Pick<Change, 'before' | 'after'>,
  canSave: boolean,
  forced: readonly Guard[],
): Undoable => {
  if (isUnread(before)) return 'never';
  // What may have been there before, unseen, is not taken out again.
  if (operation.kind === 'add' && forced.includes('rows-hidden')) return 'partly';
  if (canSave) return operation.undoable;
  const left = printsIn(after);
  return operation.saves || printsIn(before).some((print) => !left.includes(print))
    ? 'never'
    : operation.undoable;
};
