import { resourceOf } from '../../shared/catalog/index.ts';
import {
  keepable,
  type Outcome,
  type PlannedRequest,
  type SecretRef,
  type Values,
  valuesSchema,
} from '../../shared/change/change.ts';
import type { Refusal } from '../../shared/change/checks.ts';
import type { Operation, Seen } from '../../shared/change/operations/operation.ts';
import { newIdAt } from '../../shared/change/operations/request.ts';
import { isObject, same, text } from '../../shared/change/operations/values.ts';
import type { Planned } from '../../shared/change/plan.ts';
import { isUnread, unread as unreadRef, withSecrets } from '../../shared/change/secrets.ts';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { type Scrub, scrubber, withoutPasswords } from '../client/scrub.ts';
import type { Session } from '../client/session.ts';
import type { Written } from '../client/writer.ts';
import { isOfNew, stateAnswered } from './answered.ts';
import { belongingsOf } from './belongings.ts';
import { isFailing, mayBeMissing } from './failing.ts';
import { overriding, type Surroundings, standingRefusal } from './guards.ts';
import { textHidden } from './hidden.ts';
import type { HiddenValues } from './hidden-values.ts';
import type { Intent, Journal } from './journal.ts';
import { answeredOutcome, type CameTo, seenOutcome } from './outcome.ts';
import { operationOf } from './plan-about.ts';
import { readLooks } from './present.ts';
import { type Sealer, savedMs, sealed } from './saved.ts';

/** Who makes changes, for the journal. */
export type Actor = Pick<Intent, 'user' | 'host' | 'door'>;

/** What one change is made with. */
export type Applying = {
  session: Session;
  journal: Journal;
  sealer: Sealer;
  actor: Actor;
  job: string;
  title: string;
  forced: readonly string[];
  undoes: Readonly<Record<string, number>>;
  clock: () => number;
  hidden: HiddenValues;
  /** What guards ask for. */
  around: Surroundings;
  /** A value that lists mask, by its fingerprint; undefined where nobody has it any more. */
  hiddenOf: (print: string) => Promise<unknown>;
  /** Throws `changes.secret_gone`. */
  secretOf: (ref: SecretRef) => unknown;
  /** What an object is now, as the server answered a change to it. */
  noteRow: (resource: string, row: Row) => void;
  /** A secret that the server made, to be shown once. */
  keepMade: (made: { number: number; label: string; value: string }) => void;
  /** Sends at its turn: so many objects are changed at once. */
  turn: <T>(work: () => Promise<T>) => Promise<T>;
  /** What is noted while the next change is made already; its job ends when it is. */
  noting: (noted: Promise<unknown>) => void;
  signal: AbortSignal;
};

/** `isSure`: no part of it was answered as what is not there. */
type Sent = { answers: unknown[]; last: Written | null; isWhole: boolean; isSure: boolean };

/** Ids that the change's requests made so far, by what stands for them. */
const madeIds = (answers: readonly unknown[]): ReadonlyMap<string, string> =>
  new Map(
    answers.flatMap((answer, at) => {
      const id = text(valueAt(answer, 'id'));
      return id === '' ? [] : [[newIdAt(at), id] as const];
    }),
  );

const withNewIds = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((inner) => withNewIds(inner, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNewIds(inner, ids)]));
};

/** The request with the ids that the change's earlier ones made. */
const named = (request: PlannedRequest, ids: ReadonlyMap<string, string>): PlannedRequest => {
  if (ids.size === 0) return request;
  return {
    ...request,
    path: request.path
      .split('/')
      .map((part) => {
        const id = ids.get(part);
        return id === undefined ? part : encodeURIComponent(id);
      })
      .join('/'),
    ...(request.body === undefined ? {} : { body: withNewIds(request.body, ids) }),
  };
};

/** True of a removal of what is no longer there: what was asked is so (WRITES, "DELETE or remove, repeated"). */
const isGoneAlready = (request: PlannedRequest, written: Written): boolean =>
  request.method === 'DELETE' && written.kind === 'answered' && written.status === 404;

/** What is known of a create whose answer is not of what was asked to be made. */
const ofAnother = ({ status, requestId }: Extract<Written, { kind: 'answered' }>): Written => {
  const { code, detail } = new DeskError('http.unreadable', {
    status,
    reason: 'the answer is of another object',
  });
  return { kind: 'unknown', status, requestId, error: { code, detail } };
};

/** Sends requests in order until one does not succeed. */
const sendAll = async (
  { session, signal }: Applying,
  operation: Operation,
  change: Planned['change'],
  requests: readonly PlannedRequest[],
): Promise<Sent> => {
  const answers: unknown[] = [];
  let last: Written | null = null;
  let isSure = true;
  for (const request of requests) {
    last = await session.write(named(request, madeIds(answers)), signal);
    const isGood = last.kind === 'answered' && last.error === null;
    if (!isGood && !isGoneAlready(request, last)) return { answers, last, isWhole: false, isSure: false };
    if (!isGood) isSure = false;
    const isFirst = operation.kind === 'create' && answers.length === 0;
    if (isFirst && last.kind === 'answered' && !isOfNew(change, last.body))
      return { answers, last: ofAnother(last), isWhole: false, isSure: false };
    answers.push(last.kind === 'answered' ? last.body : null);
  }
  return { answers, last, isWhole: true, isSure };
};

/** How long is looked for what came of a change, ms: a server may answer without end. Then nobody knows. */
const longestLook = 60_000;

/** True once the program ends: what is open then is looked at by its next run. */
const isEnding = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof DeskError && reason.code === 'export.interrupted';

/** A look that has to come, also where the job is canceled: without it nobody knows. Throws where the program ends. */
const lookAgain = async (
  { session, signal }: Applying,
  operation: Operation,
  change: Planned['change'],
): Promise<Seen[] | null> =>
  readLooks(session, operation.looks(change), {
    priority: 'background',
    signal: AbortSignal.timeout(longestLook),
  }).catch((error: unknown) => {
    if (isEnding(signal)) throw error;
    return null;
  });

const cameTo = async (
  applying: Applying,
  operation: Operation,
  change: Planned['change'],
  { answers, last, isWhole, isSure }: Sent,
  found: readonly Seen[],
): Promise<CameTo> => {
  // It was there a moment ago: whether it is gone, or something on the way does not know it, a look says.
  if (isWhole && !isSure) {
    const seen = await lookAgain(applying, operation, change);
    if (seen === null) return { outcome: 'unknown', made: {} };
    return seenOutcome(operation, change, operation.present(change, seen));
  }
  if (isWhole) {
    const made = operation.made?.(change, answers) ?? {};
    if (!operation.answersRow) return { outcome: 'done', made };
    const [row] = answers;
    const state = stateAnswered(operation, change, found, row);
    const answered: CameTo = state ? answeredOutcome(change, state) : { outcome: 'unknown', made: {} };
    const isAsAsked = answered.outcome === 'done' && Object.keys(answered.made).length === 0;
    if (isAsAsked) return { ...answered, made };
    // The answer lacks what was asked, or has it in another form: the object itself says whether that holds.
    const seen = await lookAgain(applying, operation, change);
    const now = seen && operation.present(change, seen);
    return now ? answeredOutcome(change, now) : answered;
  }
  // A page or an address elsewhere is nothing that the server says.
  const isRefusal =
    last?.kind === 'answered' && !['http.unreadable', 'network.redirected'].includes(last.error?.code ?? '');
  if (last?.kind === 'unsent' && answers.length === 0) return { outcome: 'not-done', made: {} };
  const seen = await lookAgain(applying, operation, change);
  const came: CameTo = seen
    ? seenOutcome(operation, change, operation.present(change, seen))
    : { outcome: 'unknown', made: {} };
  // What nobody can see, the server has refused: not even the first request was carried out.
  if (came.outcome === 'unknown' && isRefusal && answers.length === 0)
    return { outcome: 'not-done', made: {} };
  const id = text(valueAt(answers[0], 'id'));
  if (came.outcome === 'unknown' && operation.kind === 'create' && id !== '')
    return { outcome: 'partly', made: { id } };
  return came;
};

const refusedBy = ({ guard, about }: Refusal): ErrorValue => ({
  code: 'changes.refused',
  detail: { serverCode: guard, ...(about === '' ? {} : { where: textHidden(about) }) },
});

const errorOf = (code: ConstructorParameters<typeof DeskError>[0]): ErrorValue => ({ code, detail: {} });

/** Why it may not leave: somebody else changed what is concerned. `now`: the state right before, hidden as the plan's is. */
const movedVerdict = (operation: Operation, planned: Planned['change'], now: Values | null) => {
  if (same(now, planned.before) || (operation.volatile && now !== null)) return null;
  const isMet = operation.kind !== 'create' && operation.kind !== 'act' && operation.isDone(planned, now);
  return isMet ? ('unchanged' as const) : ('moved' as const);
};

/** What the server says, without what it was sent: it may give back what it refuses. */
const withoutSent = (error: ErrorValue | null, sent: readonly string[]): ErrorValue | null => {
  if (error === null || sent.length === 0) return error;
  const detail = Object.entries(error.detail).map(([key, value]) => [
    key,
    typeof value === 'string' ? withoutPasswords(value, sent) : value,
  ]);
  return { ...error, detail: Object.fromEntries(detail) };
};

/** JSON without what was sent, as the server may give it back in the place of something else. */
const cleaned = (value: unknown, scrub: Scrub): unknown => {
  if (typeof value === 'string') return scrub.text(value);
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [scrub.text(key), cleaned(inner, scrub)]),
  );
};

/**
 * Makes one change: reads what is concerned, notes it durably, sends it, finds out what came of it, and has that noted. Returns
 * the outcome; null where a cancel came before it left. Throws, before anything was sent, `changes.journal` where it cannot be
 * noted, `changes.taken` where another program makes it, and what reading throws.
 */
export const applyOne = async (applying: Applying, planned: Planned): Promise<Outcome | null> => {
  const { session, journal, sealer, clock, signal } = applying;
  const operation = operationOf(planned.change.operation);
  const { number, target, after } = planned.change;
  const intent = (before: Values, request: PlannedRequest | undefined): Intent => ({
    ...applying.actor,
    job: applying.job,
    title: applying.title,
    number,
    operation: operation.id,
    target,
    before,
    after,
    request: { method: request?.method ?? 'PATCH', path: request?.path ?? '' },
    at: clock(),
    undoes: applying.undoes[String(number)] ?? null,
    isOnly: operation.kind === 'create' && !applying.forced.includes('changed-since'),
  });
  const begin = async (...noted: Parameters<Journal['begin']>): Promise<number> => {
    const entry = await journal.begin(...noted);
    if (entry === null) throw new DeskError('changes.taken');
    return entry;
  };
  const noteUnsent = async (outcome: Outcome, before: Values, error: ErrorValue | null = null) => {
    const entry = await begin(intent(before, undefined));
    applying.noting(journal.settle(entry, { at: clock(), outcome, error }));
    return outcome;
  };

  const how = { priority: 'background' as const, signal, ...overriding(applying.forced) };
  /** What cannot be read cannot be held against what was planned: nothing is sent. */
  const unread = (error: unknown) => {
    if (signal.aborted) throw error;
    return noteUnsent('not-done', planned.change.before, errorValueOf(error));
  };
  const [seen, failed] = await readLooks(session, operation.looks(planned.change), how).then(
    (found) => [found, null] as const,
    (error: unknown) => [null, error] as const,
  );
  // It was planned for an object that cannot be read, and still cannot.
  const isBlind = seen === null && isUnread(planned.change.before) && isFailing(failed);
  if (seen === null && !isBlind) return unread(failed);
  const place = { profile: session.profile.id, resource: target.resource, id: target.id };
  const { hider } = applying.hidden;
  const found = seen ?? operation.looks(planned.change).map(() => null);
  const present = isBlind ? planned.change.before : operation.present(planned.change, found);
  const now = present && (await hider.hide(place, present));
  const before = now?.values ?? {};
  const verdict = movedVerdict(operation, planned.change, now?.values ?? null);
  // Rows that do not come any more are neither gone nor moved.
  if (verdict && mayBeMissing(found))
    return unread(
      new DeskError('changes.rows_hidden', { where: operation.looks(planned.change)[0]?.path ?? '' }),
    );
  if (verdict) return noteUnsent(verdict, before);
  const open = await hider.reveal(place, after, applying.hiddenOf, { present });
  if (open.missing !== null) return noteUnsent('refused', before, errorOf('changes.secret_gone'));
  const change = { ...planned.change, before: present ?? {}, after: open.values };
  const [refusal, unasked] = await standingRefusal(
    applying.around,
    operation,
    change,
    found,
    applying.forced,
  ).then(
    (found) => [found, null] as const,
    (error: unknown) => [null, error] as const,
  );
  if (unasked !== null) return unread(unasked);
  if (refusal) return noteUnsent('refused', before, refusedBy(refusal));
  const requests = operation.requests(change);
  if (requests.length === 0) return noteUnsent('unchanged', before);

  let bodies: PlannedRequest[];
  const secrets = [...(await hider.hide(place, open.values)).found.values()];
  try {
    const secretOf = (ref: SecretRef) => {
      const secret = ref.secret === 'present' ? presentSecret(found, ref.field) : applying.secretOf(ref);
      secrets.push(secret);
      return secret;
    };
    bodies = requests.map((request) =>
      request.body === undefined ? request : { ...request, body: withSecrets(request.body, secretOf) },
    );
  } catch (error) {
    return noteUnsent('refused', before, errorValueOf(error));
  }

  const saving = operation.saves ? belongingsOf(session, operation, target, how) : Promise.resolve(null);
  const [belongings, lost] = await saving.then(
    (found) => [found, null] as const,
    (error: unknown) => [null, error] as const,
  );
  if (lost !== null) return unread(lost);
  const key = belongings ? await sealer.key().catch(() => null) : null;
  if (belongings && !key && !applying.forced.includes('nothing-saved'))
    return noteUnsent('refused', before, errorOf('keychain.unavailable'));
  const [first] = requests;
  // Undoing must not take what was there all along, and was not seen.
  const isUnseen = operation.kind === 'add' && mayBeMissing(found);
  const noted = isUnseen ? Object.fromEntries(Object.keys(after).map((field) => [field, unreadRef])) : before;
  const entry = await begin(
    intent(noted, first),
    belongings && key
      ? {
          until: clock() + savedMs,
          body: (id) => sealed(key, belongings, { profile: session.profile.id, entry: id }),
        }
      : null,
    await applying.hidden.sealed(session.profile.id, now?.found ?? new Map()),
  );
  // From here on the journal has to tell what came of it, also when the job is cancelled.
  const sent = await applying.turn(() => sendAll(applying, operation, change, bodies));
  const {
    outcome,
    made,
    error = null,
  } = await cameTo(applying, operation, change, sent, found).catch((thrown: unknown): CameTo => {
    if (isEnding(signal)) throw thrown;
    // What the server shows is of no form that it has: whatever came of it, the journal tells that it was sent.
    return { outcome: 'unknown', made: {} };
  });
  const { last } = sent;
  const given = secrets.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  const scrub = scrubber(given);
  const requestId = last && last.kind !== 'unsent' ? last.requestId : null;
  const settlement = {
    at: clock(),
    outcome,
    made: valuesSchema.parse(cleaned((await hider.hide(place, keepable(made))).values, scrub)),
    status: last && last.kind !== 'unsent' ? last.status : null,
    requestId: requestId && scrub.text(requestId),
    error: withoutSent(error ?? (outcome === 'done' ? null : (last?.error ?? null)), given),
  };
  applying.noting(journal.settle(entry, settlement));
  if (last?.kind === 'unsent' && last.error.code === 'cancelled' && outcome === 'not-done') return null;
  const answered = sent.answers.findLast((answer): answer is Row => isRowOf(answer, target));
  if (outcome === 'done' && answered) applying.noteRow(target.resource, answered);
  if (operation.shows && sent.isWhole) {
    const { at, label } = operation.shows;
    for (const value of [at].flat().flatMap((place) => shownOnce(valueAt(sent.answers[0], place))))
      applying.keepMade({ number, label: text(after[label]) || target.label, value });
  }
  return outcome;
};

/** True for an answer that is the row of a list of its own that was changed. */
const isRowOf = (answer: unknown, { resource, parent, id }: Planned['change']['target']): boolean =>
  parent === '' && isObject(answer) && rowIdOf(resourceOf(resource), answer) === id;

/** What is shown once of an answer: a text, or each of several. */
const shownOnce = (value: unknown): string[] =>
  [value].flat().flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []));

const presentSecret = (seen: readonly Seen[], field: string): unknown => {
  const [row] = seen;
  return row && !Array.isArray(row) ? valueAt(row, field) : undefined;
};
