import { resourceOf } from '../../shared/catalog/index.ts';
import {
  type Change,
  type Draft,
  longestId,
  type SecretRef,
  unkeepable,
  type Values,
} from '../../shared/change/change.ts';
import type { Refusal } from '../../shared/change/checks.ts';
import { mergedAfter } from '../../shared/change/merge.ts';
import type { Operation, Seen } from '../../shared/change/operations/operation.ts';
import { same, text, texts } from '../../shared/change/operations/values.ts';
import type { Guard, PlanAbout, PlanFile, Planned, Taken, Verdict } from '../../shared/change/plan.ts';
import type { OnStep } from '../../shared/change/planning.ts';
import { unread } from '../../shared/change/secrets.ts';
import { DeskError } from '../../shared/errors.ts';
import { rowLabelOf } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { inParallel, readUsers } from './batch.ts';
import { belongingsOf, takenOf } from './belongings.ts';
import { noReads, noteRead } from './duration.ts';
import { withoutEmptying } from './emptied.ts';
import { isFailing, mayBeMissing } from './failing.ts';
import { overriding, refusalOf, Surroundings } from './guards.ts';
import { type Found, faultHidden, type Hider, type Place, textHidden } from './hidden.ts';
import { aboutOf, type ChangeReads, operationOf } from './plan-about.ts';
import { seenBy } from './present.ts';

/** What is to be planned for one object. `values` and `unset` as they are asked (`planAskedSchema`). */
export type PlanItem = Omit<Draft, 'after'> & {
  values: Values;
  unset?: readonly string[];
  /** The line of an import's file. */
  line?: number | null;
  /** It is refused before anything is read. */
  refused?: Refusal;
  /** What it gives was looked up a moment ago, of many at once: nobody else has any of it. */
  isFree?: boolean;
  /** It holds that the object is still as this says; undoing does. */
  since?: Values;
  /** The journal's entry that it undoes. */
  undoes?: number;
  /** What ids in it were called, where that is known. */
  names?: ReadonlyMap<string, string>;
  /** What it cannot give back, as it is gone. */
  lacks?: Taken[];
};

export type PlanOptions = {
  /** What the plan is called: a title of `titleOfChange`, or a key of `changes.titles`. */
  title: string;
  forced?: readonly Guard[];
  source?: PlanFile['source'];
  /** A secret in the import's file; null where it is not there. */
  fileSecret?: FileSecret;
  /** Sets may be emptied again by it: it only puts back what was. */
  isUndo?: boolean;
  onStep?: OnStep;
  signal?: AbortSignal;
  /** Requests at most by which it is counted what deletes take along; absent: what is usual. */
  counting?: number;
};
export type FileSecret = (ref: Extract<SecretRef, { secret: 'file' }>) => string | null;

/** A plan in memory. */
export type Plan = Omit<PlanFile, 'kind' | 'version' | 'checksum'> & {
  about: PlanAbout;
  /** Whether what its deletes take along can be kept. */
  canSave: boolean;
  fileSecret?: FileSecret;
  /** Checksums of the files that it was in, or was given out as. */
  files: Set<string>;
  /** What stands hidden in it, by its fingerprint. */
  found: Found;
};

export type PlannerDeps = {
  clock: () => number;
  /** A secret that a change refers to; null where it is gone. */
  secretOf: (profile: string, ref: SecretRef, fileSecret?: FileSecret) => unknown;
  /** Whether what a delete takes along can be kept. */
  canSave: () => Promise<boolean>;
  hider: Hider;
  /** A value that lists mask, by its fingerprint; undefined where nobody has it any more. */
  hiddenOf: (print: string) => Promise<unknown>;
};

const readsAtOnce = 8;
/** Checked changes after which it is told how many there are. */
const toldEach = 100;
/** Requests at most by which it is counted what deletes take along: at each kind's pace about a minute. */
const mostCounting = { oss: 6_000, cloud: 1_000 };
const verdictOf = ({ kind }: Operation): Verdict =>
  kind === 'create' ? 'create' : kind === 'delete' ? 'delete' : 'change';

/** One change for so many ids of a set as a server takes without holding up everybody (WRITES, bulk). */
const chunked = (item: PlanItem): PlanItem[] => {
  const { chunk } = operationOf(item.operation);
  if (!chunk) return [item];
  const ids = texts(item.values[chunk.field]);
  if (ids.length <= chunk.size) return [item];
  return Array.from({ length: Math.ceil(ids.length / chunk.size) }, (_, at) => ({
    ...item,
    values: { ...item.values, [chunk.field]: ids.slice(at * chunk.size, (at + 1) * chunk.size) },
  }));
};

const cutTarget = (target: Change['target']) => ({ ...target, id: target.id.slice(0, longestId) });

const labelOf = (operation: Operation, seen: readonly Seen[], label: string): string => {
  const [row] = seen;
  if (!row || Array.isArray(row)) return label;
  // The object itself tells best what it is called: a list, or a line of a file, may be of another one.
  return rowLabelOf(resourceOf(operation.resource), row as Record<string, unknown>).slice(0, 256) || label;
};

/** Why it cannot be planned, of an error that concerns this object alone; others are thrown. */
const unreadable = (error: unknown): Refusal => {
  if (!(error instanceof DeskError)) throw error;
  if (error.code === 'id.invalid' || error.code === 'query.invalid')
    return { guard: 'invalid-value', about: error.detail.where ?? '' };
  if (error.code === 'changes.rows_hidden') return { guard: 'rows-hidden', about: error.detail.where ?? '' };
  if (error.detail.status !== 500 && error.code !== 'changes.incomplete') throw error;
  return { guard: 'not-read-completely', about: error.detail.serverCode ?? error.code };
};

/** True of what can be done to an object that cannot be read. */
const isCure = ({ cures = [] }: Operation, { values, unset = [] }: PlanItem): boolean =>
  unset.length === 0 &&
  Object.keys(values).length > 0 &&
  Object.entries(values).every(([field, value]) => cures.includes(field) && text(value) !== '');

/** The operation's own values, with all that is there in the place of ids that are not given. */
const asked = (operation: Operation, values: Values, seen: readonly Seen[]): Values => {
  const all = operation.all?.(seen) ?? {};
  const missing = Object.entries(all).filter(([field]) => values[field] === undefined);
  return { ...values, ...Object.fromEntries(missing) };
};

/** What an operation needs and nobody gave; null where nothing lacks. */
const missingIn = ({ fields }: Operation, after: Values): string | null =>
  fields.find(({ id, required }) => required && !id.includes('.') && after[id] === undefined)?.id ?? null;

/** What an object has, where something else is asked to be taken from it; null where it has all of it. */
const heldInstead = ({ own }: Operation, after: Values, seen: readonly Seen[]): string | null => {
  if (!own) return null;
  const value = after[own.field];
  const there = own.of(seen);
  const wanted = Array.isArray(value) ? texts(value) : [text(value)];
  if (wanted.every((one) => there.some(({ id }) => id === one))) return null;
  return there.map(({ id, name }) => (name === '' ? id : `${name} (${id})`)).join(', ') || '—';
};

/** Makes plans for a tenant, by reading the present state of every object. */
export const makePlan = async (
  session: Session,
  items: readonly PlanItem[],
  options: PlanOptions,
  deps: PlannerDeps,
): Promise<Plan> => {
  const { profile } = session;
  const { title, forced = [], source = null, fileSecret, isUndo = false, onStep, signal } = options;
  const how = { priority: 'ahead' as const, ...overriding(forced), ...(signal ? { signal } : {}) };
  const readAt = deps.clock();
  const around = new Surroundings(session, (ref) => deps.secretOf(profile.id, ref, fileSecret), { forced });
  // The keychain is asked for where something has to be saved, and only there.
  const saves = !items.some(({ operation }) => operationOf(operation).saves) || (await deps.canSave());
  const all = items.flatMap(chunked);
  const concerned = all.map(({ operation, target, values }) => {
    try {
      return operationOf(operation).looks({ target, after: values });
    } catch (error) {
      if (error instanceof DeskError && error.code === 'id.invalid') return [];
      throw error;
    }
  });
  const look = await readUsers(session, concerned.flat(), how, (count, total) =>
    onStep?.({ stage: 'reading', count, total }),
  );
  const undoes: Record<string, number> = {};
  const readsOf = new Map<number, ChangeReads>();

  const planOne = async (item: PlanItem, at: number): Promise<Planned> => {
    const operation = operationOf(item.operation);
    const number = at + 1;
    const reads: ChangeReads = { looked: noReads(), saved: null };
    readsOf.set(number, reads);
    const onLook = (isPage: boolean) => noteRead(reads.looked, isPage);
    if (item.undoes !== undefined) undoes[String(number)] = item.undoes;
    const line = item.line ?? null;
    const change = (before: Values, after: Values, label = item.target.label): Change => ({
      number,
      operation: operation.id,
      target: { ...item.target, label },
      before,
      after,
    });
    const refuse = ({ guard, about, faults }: Refusal, of = change({}, item.values)): Planned => ({
      change: of,
      verdict: 'refused',
      guard,
      about: about.slice(0, 512),
      ...(faults ? { faults } : {}),
      line,
    });
    const { id } = item.target;
    if (id.length > longestId)
      return refuse(
        { guard: 'invalid-value', about: 'id' },
        { ...change({}, {}), target: cutTarget(item.target) },
      );
    if (item.refused) return refuse(item.refused);
    /** What nests deeper than a plan holds would make all of it unreadable: whose it is, is left as it is. */
    const tooDeep = (field: string) => refuse({ guard: 'not-read-completely', about: field }, change({}, {}));
    const deep = unkeepable(item.values);
    if (deep !== null) return tooDeep(deep);
    try {
      const first = { target: item.target, after: item.values };
      const isNew = item.isFree && operation.kind === 'create' && operation.rivals;
      const looks = operation.looks(first);
      // What needs no look now is looked at when it is made.
      if (isNew) for (const { list } of looks) onLook(list !== undefined);
      const seen = isNew
        ? looks.map(() => [])
        : await Promise.all(looks.map((one) => look(one, onLook))).catch((error: unknown) => {
            if (isFailing(error) && isCure(operation, item)) return null;
            throw error;
          });
      if (seen === null) return await planUnread(operation, item, change, refuse);
      const own = asked(operation, item.values, seen);
      const base = operation.present({ target: item.target, after: touched(own, item.unset) }, seen);
      const place = { profile: profile.id, ...item.target };
      const open = await deps.hider.reveal(place, own, deps.hiddenOf, { present: base, since: item.since });
      if (open.missing !== null)
        return refuse({ guard: isUndo ? 'former-gone' : 'secret-gone', about: open.missing });
      const isHidden = mayBeMissing(seen);
      const notRead = (): Planned => refuse({ guard: 'not-read-completely', about: looks[0]?.path ?? '' });
      if (base === null && isHidden && operation.kind !== 'create') return notRead();
      if (base === null && operation.kind !== 'create') {
        const gone = change({}, own);
        // What is to be gone is gone.
        if (operation.kind === 'delete' && item.target.id !== '' && isUndo)
          return { change: gone, verdict: 'unchanged', guard: null, about: '', line };
        return refuse({ guard: 'not-found', about: item.target.id }, gone);
      }
      const after = mergedAfter(operation, base ?? {}, open.values, item.unset ?? []);
      const before = operation.present({ target: item.target, after }, seen) ?? {};
      const deepThere = unkeepable(before) ?? unkeepable(after);
      if (deepThere !== null) return tooDeep(deepThere);
      const made = change(before, after, labelOf(operation, seen, item.target.label));
      if (item.since && !forced.includes('changed-since') && !(await isAsSince(place, before, item.since)))
        return refuse({ guard: 'changed-since', about: '' }, made);
      // What is not among rows that were read may be there: nothing is said to be gone from it already.
      if (isHidden && operation.kind === 'remove' && operation.isDone(made, before)) return notRead();
      const instead = all.length === 1 && !isUndo ? heldInstead(operation, after, seen) : null;
      if (instead !== null) return refuse({ guard: 'not-held', about: instead }, made);
      // What lacks is not done because nothing is asked.
      const missing = operation.kind === 'create' ? null : missingIn(operation, after);
      if (missing !== null) return refuse({ guard: 'invalid-value', about: missing }, made);
      if (operation.kind !== 'create' && operation.isDone(made, before) && !operation.guard?.(made, seen))
        return { change: made, verdict: 'unchanged', guard: null, about: '', line };
      const rivals = item.isFree ? null : (operation.rivals?.(made) ?? null);
      const others = rivals ? await seenBy(session, rivals, how) : null;
      const overridden = isUndo ? [...forced, 'empties-set', 'in-use'] : forced;
      const refusal = await refusalOf(around, operation, made, seen, others, overridden);
      if (refusal) return refuse(refusal, made);
      if (operation.saves && !saves && !forced.includes('nothing-saved') && !isUndo)
        return refuse({ guard: 'nothing-saved', about: '' }, made);
      // What cannot be asked for, by IDs that a list gave, is known before anything is sent.
      operation.requests(made);
      const takes = await told(operation, made.target, reads);
      const lacks = item.lacks ? { lacks: item.lacks } : {};
      return {
        change: made,
        verdict: verdictOf(operation),
        guard: null,
        about: '',
        line,
        ...takes,
        ...lacks,
      };
    } catch (error) {
      return refuse(unreadable(error));
    }
  };
  /** A change to what the server fails to read: what stands there is not known, and is not put back. */
  const planUnread = async (
    operation: Operation,
    item: PlanItem,
    change: (before: Values, after: Values, label: string) => Change,
    refuse: (refusal: Refusal, of: Change) => Planned,
  ): Promise<Planned> => {
    const before = Object.fromEntries(Object.keys(item.values).map((field) => [field, unread]));
    const made = change(before, item.values, item.target.label || item.target.id);
    if (item.since && !same(item.since, before)) return refuse({ guard: 'changed-since', about: '' }, made);
    const seen = operation.looks(made).map(() => null);
    const refusal = await refusalOf(around, operation, made, seen, null, forced);
    if (refusal) return refuse(refusal, made);
    return { change: made, verdict: verdictOf(operation), guard: null, about: '', line: item.line ?? null };
  };
  let counting = options.counting ?? mostCounting[profile.kind === 'cloud' ? 'cloud' : 'oss'];
  /** What a delete takes along is read before it, too: what cannot be read could not be saved. */
  const told = async (operation: Operation, target: Change['target'], reads: ChangeReads) => {
    if (!operation.takes || counting <= 0) return {};
    counting -= operation.saves?.(target).length ?? 0;
    const counted = () => {
      counting -= 1;
    };
    const saved = noReads();
    const onRead = (isPage: boolean) => noteRead(saved, isPage);
    const found = await belongingsOf(session, operation, target, { ...how, onRead }, counted);
    reads.saved = saved;
    return { takes: takenOf(operation, target, found) };
  };
  const isAsSince = async (place: Place, before: Values, since: Values): Promise<boolean> => {
    const { values } = await deps.hider.hide(place, before);
    return same(values, await deps.hider.alike(since, values));
  };
  const found = new Map<string, unknown>();
  /** The same without what lists mask: nothing else is kept, shown or written to a file. */
  const hidden = async (one: Planned): Promise<Planned> => {
    const { change } = one;
    const place = { profile: profile.id, ...change.target };
    const [before, after] = [
      await deps.hider.hide(place, change.before),
      await deps.hider.hide(place, change.after),
    ];
    for (const [print, value] of [...before.found, ...after.found]) found.set(print, value);
    // A mask is longer than what it stands for: cut afterwards, else a name of many of them would make no plan of all.
    const target = { ...change.target, label: textHidden(change.target.label).slice(0, 256) };
    return {
      ...one,
      about: textHidden(one.about).slice(0, 512),
      ...(one.faults ? { faults: one.faults.map(faultHidden) } : {}),
      change: { ...change, target, before: before.values, after: after.values },
    };
  };
  let checked = 0;
  const each = await inParallel(all, readsAtOnce, async (item, at) => {
    const one = await hidden(await planOne(item, at));
    checked += 1;
    if (checked % toldEach === 0 || checked === all.length)
      onStep?.({ stage: 'checking', count: checked, total: all.length });
    return one;
  });
  const mayEmpty = isUndo || forced.includes('empties-set');
  const planned = mayEmpty ? each : await withoutEmptying(each, (taken) => around.isAll(taken));
  const canSave = saves && (found.size === 0 || (await deps.canSave()));
  const plan = {
    readAt,
    tenant: { endpoint: profile.endpoint, name: profile.name },
    title,
    forced: isUndo ? [...new Set<Guard>([...forced, 'empties-set', 'in-use'])] : [...forced],
    source,
    undoes,
    planned,
  };
  return {
    ...plan,
    canSave,
    found,
    files: new Set(),
    about: await aboutOf(session, { ...plan, forced: [...forced] }, canSave, readsOf),
    ...(fileSecret ? { fileSecret } : {}),
  };
};

/** The values with those that are unset: all that the change concerns. */
const touched = (values: Values, unset: readonly string[] = []): Values => {
  const tops = [...Object.keys(values), ...unset].map((id) => id.split('.')[0] ?? id);
  return Object.fromEntries(tops.map((top) => [top, values[top] ?? null]));
};
