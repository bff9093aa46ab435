import type { Loss, Outcome } from '../../shared/change/change';
import type { JournalEntry } from '../../shared/change/journal';
import { type EditField, findOperation, type Operation } from '../../shared/change/operations';
import { forcible, type Guard, type Planned, type Verdict } from '../../shared/change/plan';
import { titleOfChange } from '../../shared/change/title';
import { fieldInWords } from '../../shared/field-words';
import { changeField, changeTitle } from '../../shared/phrases/change-words';
import { refusalInWords, validInWords } from '../../shared/phrases/refusal-words';
import { wordOfValue } from '../../shared/phrases/value-words';
import { shownText } from '../../shared/shown';
import { phrases } from '../i18n';
import type { Fault } from './entries';
import { sentOf } from './entries';

const say = (key: string, values: object = {}): string =>
  (phrases.t as (key: string, values: object) => string)(key, values);

const sayOr = (key: string, otherwise: string): string => say(key, { defaultValue: otherwise });

/** What an operation is called; of one that this version does not know its id. */
export const operationTitle = (id: string): string => sayOr(`changes.operations.${id}`, id);

/** What an entry of the journal is called: of one that undid another, that too. */
export const entryTitle = ({
  operation,
  before,
  after,
  undoes,
}: Pick<JournalEntry, 'operation' | 'before' | 'after' | 'undoes'>): string => {
  const known = findOperation(operation);
  // What was undone had made what was there before.
  const made = undoes === null ? after : before;
  const title = changeTitle(phrases.t, known ? titleOfChange(known, made) : operation);
  return undoes === null ? title : phrases.t('changing.undoing', { title });
};

/** What a plan or a job is called: by its operation, or by what else made it. */
export const planTitle = (title: string): string => changeTitle(phrases.t, title);

/** What a field is called; of a part of custom data its path. */
export const fieldTitle = (id: string): string =>
  // A colon would part a namespace from the key.
  /^[\w.]+$/.test(id)
    ? sayOr(`changes.fields.${id.replaceAll('.', '_')}`, shownText(fieldInWords(id), 120))
    : shownText(id, 120);

/** What an option of a choice, or a value of such a field, is called. */
export const optionText = ({ words }: Pick<EditField, 'words'>, option: unknown): string =>
  wordOfValue(phrases.t, words, option) ?? String(option);

export const verdictText = (verdict: Verdict): string => say(`changing.counts.${verdict}`);

export const outcomeText = (outcome: Outcome | 'open'): string => say(`changes.outcomes.${outcome}`);

export const lossText = (loss: Loss): string => say(`changes.losses.${loss}`);

/** Why a guard refuses. */
export const guardText = (guard: Guard, about: string): string =>
  // Of any: what it is about is left open.
  say(`changes.guards.${guard}`, { about: shownText(about, 120) }).replace(/…\.$/, '…');

/** Why an object of a plan is refused, with what it is about. */
export const refusedText = (refused: Pick<Planned, 'guard' | 'about' | 'faults' | 'change'>): string => {
  const { id, label } = refused.change.target;
  return refusalInWords(phrases.t, refused, (about) =>
    about === label || about === id ? '' : shownText(changeField(phrases.t, about), 200),
  );
};

/** What can be done about it; empty where it says so itself. */
export const guardNext = (guard: Guard): string =>
  sayOr(`changing.next.${guard}`, forcible.includes(guard) ? say('changing.next.override') : '');

/** What a column of an imported file fills. */
export const importFieldTitle = (id: string, kind: 'users' | 'members'): string => {
  if (id.startsWith('customData.'))
    return say('importing.custom', { path: shownText(id.slice('customData.'.length), 80) });
  const key = kind === 'members' && id === 'roles' ? 'memberRoles' : id;
  return sayOr(`importing.fields.${key}`, fieldTitle(id));
};

/** What a choice means; empty where its name says it. */
export const fieldHint = (id: string): string => sayOr(`changing.explain.${id}`, '');

/** What is wrong with an entry. */
export const faultText = (field: EditField, fault: Fault, entry: unknown): string => {
  if (fault.kind === 'missing') return say('changing.missing');
  if (fault.kind === 'masked') return say('changing.masked');
  if (fault.kind === 'json')
    return say(fault.mistake.reason === 'kind' ? 'changing.jsonKind' : 'changing.jsonMistake', fault.mistake);
  if (fault.guard === 'invalid-value') return validInWords(phrases.t, field) ?? say('changing.invalid');
  const value = typeof entry === 'string' ? sentOf(field, entry) : entry;
  if (fault.guard === 'too-long')
    return say('changing.tooLong', {
      length: typeof value === 'string' ? value.length : 0,
      longest: field.longest ?? 0,
    });
  return guardText(fault.guard, fieldTitle(field.id));
};

/** An update of nothing but one yes or no is a switch: what it does for this value. */
export const switchTitle = (operation: Operation, to: boolean): string =>
  changeTitle(phrases.t, `${operation.id}.${to}`);

/** How long something takes, in words. */
export const timeText = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 90) return say('changing.seconds', { count: seconds });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return say('changing.minutes', { count: minutes });
  return say('changing.hours', { count: Math.ceil(minutes / 60) });
};
