import type { Values } from '../shared/change/change.ts';
import { isEndless } from '../shared/change/endless.ts';
import type { JournalEntry } from '../shared/change/journal.ts';
import { differences } from '../shared/change/merge.ts';
import { findOperation } from '../shared/change/operations/index.ts';
import type { PlanAbout, PlannedShown } from '../shared/change/plan.ts';
import { secretRefOf, withHiddenShown } from '../shared/change/secrets.ts';
import { changeField, changeTitle, takenInWords } from '../shared/phrases/change-words.ts';
import { type Refused, refusalInWords } from '../shared/phrases/refusal-words.ts';
import type { ChangeNames } from './change-names.ts';
import { oneLine } from './output.ts';
import { phrases, say } from './words.ts';

/** Characters of a value that one line shows. */
const longestShown = 80;

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A value on one line: a text as it is, nothing as a dash, a secret as what stands for it. */
export const shownValue = (value: unknown, names: ChangeNames = new Map()): string => {
  if (isNothing(value)) return '—';
  const ref = secretRefOf(value);
  if (ref?.secret === 'unread') return say('changes.unread');
  if (ref && ref.secret !== 'hidden') return say('changes.secret');
  const isNamed = Array.isArray(value) && value.length > 0 && value.every((one) => names.has(one));
  const said = isNamed ? value.map((one) => names.get(one)).join(', ') : withHiddenShown(value);
  const text = oneLine(typeof said === 'string' ? (names.get(said) ?? said) : JSON.stringify(said));
  return text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text;
};

/** What there is after a change: of what is taken from a set nothing, where the change itself says what. */
const leftOf = (operation: string, before: Values, after: Values): Values =>
  findOperation(operation)?.kind === 'remove'
    ? { ...after, ...Object.fromEntries(Object.keys(before).map((field) => [field, null])) }
    : after;

/** Fields of a change, before and after; `names` of what they name by IDs. */
export const fieldLines = (
  { operation, before, after }: Pick<JournalEntry, 'operation' | 'before' | 'after'>,
  names: ChangeNames = new Map(),
): string[] => [
  ...differences(before, leftOf(operation, before, after)).map(({ path, before: old, after: next }) => {
    // Keys of custom data are anybody's text.
    const field = oneLine(changeField(phrases.t, path));
    return isNothing(old)
      ? `${field}: ${shownValue(next, names)}`
      : `${field}: ${shownValue(old, names)} → ${shownValue(next, names)}`;
  }),
  ...(isEndless({ operation, after })
    ? [`${changeField(phrases.t, 'expiresAt')}: ${phrases.t('changing.never')}`]
    : []),
];

export const titleOf = (operation: string): string => changeTitle(phrases.t, operation);

/** Why a change is refused, on one line. */
export const reasonOf = (refused: Refused): string => oneLine(refusalInWords(phrases.t, refused));

/** What a plan comes to, a part each. */
export const countsOf = ({ counts }: PlanAbout): string[] => {
  const { create, change, delete: deleted, unchanged, refused, neverUndone, partlyUndone } = counts;
  const parts = Object.entries({ create, change, delete: deleted, unchanged, refused }) as [
    'create' | 'change' | 'delete' | 'unchanged' | 'refused',
    number,
  ][];
  return [
    ...parts.flatMap(([verdict, count]) =>
      count > 0 ? [`${count} ${say(`changes.counts.${verdict}`)}`] : [],
    ),
    ...(neverUndone > 0 ? [say('changes.neverUndone', { count: neverUndone })] : []),
    ...(partlyUndone > 0 ? [say('changes.partlyUndone', { count: partlyUndone })] : []),
  ];
};

/** What a change is made to: its name and ID, of what is new as far as there are any. */
export const objectOf = ({
  target: { label, id },
  after,
  made,
}: Pick<JournalEntry, 'target' | 'after'> & { made?: JournalEntry['made'] }): string => {
  const names = [label, after.name, after.primaryEmail, after.username, after.primaryPhone];
  const parts = [names.find((one) => typeof one === 'string' && one !== ''), id || made?.id];
  return oneLine(parts.filter(Boolean).join('  '));
};

/** What goes along with a delete, or is not given back by an undo, a line each. */
const goneLines = ({ change, takes, lacks = [] }: PlannedShown): string[] => [
  ...(takes ?? []).map((one) => oneLine(takenInWords(phrases.t, one))),
  ...lacks.map((one) => oneLine(takenInWords(phrases.t, one, 'lacks'))),
  ...(takes === undefined && findOperation(change.operation)?.takes
    ? [phrases.t('changes.takes.uncountedOne')]
    : []),
];

/** One change of a plan: what is done to what, and its fields. */
export const plannedLines = (one: PlannedShown, names: ChangeNames): string[] => {
  const { change, verdict, line } = one;
  const where = line === null ? '' : `${say('changes.line', { line })}: `;
  const object = objectOf(change);
  const { guard, about, faults } = one;
  if (verdict === 'refused') {
    const reason = reasonOf({ guard, about: about === change.target.label ? '' : about, faults, change });
    // A line that cannot be read names nothing.
    return [`✗ ${where}${object === '' ? '' : `${object}: `}${reason}`];
  }
  const mark = { create: '+', change: '~', delete: '-', unchanged: '=' }[verdict];
  const head = `${mark} ${where}${titleOf(change.operation)}  ${object}`;
  if (verdict === 'unchanged') return [head];
  return [head, ...[...fieldLines(change, names), ...goneLines(one)].map((text) => `    ${text}`)];
};

const minutes = (ms: number): string =>
  ms < 60_000
    ? say('changes.seconds', { count: Math.max(1, Math.round(ms / 1_000)) })
    : say('changes.minutes', { count: Math.round(ms / 60_000) });

/** What an operator has to know before a plan is applied, a line each. */
export const warningsOf = ({
  requests,
  takesMs,
  deliveries,
  losses,
  forced,
  taken,
  uncounted,
  lacking,
}: PlanAbout): string[] => [
  ...(forced.length > 0 ? [say('changes.forced', { guards: forced.join(', ') })] : []),
  ...(requests > 0 ? [say('changes.takes', { requests, time: minutes(takesMs) })] : []),
  ...(deliveries === null ? [phrases.t('changing.deliveriesUnknown')] : []),
  ...(deliveries ?? []).map(({ name, count }) => say('changes.deliveries', { name: oneLine(name), count })),
  ...losses.map((loss) => phrases.t(`changes.losses.${loss}`)),
  ...taken.map((one) => takenInWords(phrases.t, one)),
  ...(uncounted > 0 ? [phrases.t('changes.takes.uncounted', { count: uncounted })] : []),
  ...(lacking > 0 ? [phrases.t('changes.takes.lacking', { count: lacking })] : []),
];
