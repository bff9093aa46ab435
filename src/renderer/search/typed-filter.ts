import type { Resource } from '../../shared/catalog';
import {
  columnNamed,
  conditionFormOf,
  readValue,
  unknownColumn,
  type ValueFault,
} from '../../shared/conditions';
import type { Condition } from '../../shared/local';
import { commandWords } from '../../shared/phrases/command-words';
import { wordOfValue } from '../../shared/phrases/value-words';
import { isLineWord } from '../../shared/search/line';
import type { Entered } from './chips';
import type { LineMistakeAt } from './line-mistake';

/**
 * A path in rows as it is typed, `customData.plan`, with what it begins with in the catalogue's writing; null for a text that
 * begins with no field of the list.
 */
const pathTyped = ({ columns }: Resource, name: string): string | null => {
  const [first = '', ...rest] = name.trim().split('.');
  if (rest.length === 0 || !rest.every((part) => /^[\w-]+$/.test(part))) return null;
  const field = columns
    .map(({ id }) => id.split('.')[0] ?? '')
    .find((one) => one.toLowerCase() === first.toLowerCase());
  return field === undefined ? null : [field, ...rest].join('.');
};

export type TypedFilter = { condition: Condition; fault: null } | { condition: Condition; fault: ValueFault };

/**
 * A condition as it is typed into a search: the name of a column, or a path in rows, a colon and a value, `suspended:yes`,
 * `created: 7d`, `customData.plan: pro`; null for a text that names neither, and for a line that the server answers.
 */
export const typedFilter = (resource: Resource, text: string): TypedFilter | null => {
  const [, name = '', entered] = /^\s*([^:]{1,60}):(?!\/\/)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (entered === undefined) return null;
  if (resource.filters.some(({ kind }) => kind === 'search') && isLineWord(name)) return null;
  const field = columnNamed(resource, name)?.id ?? pathTyped(resource, name);
  if (field === null) return null;
  const form = conditionFormOf(resource, field);
  // Of a time, what is typed is when it was; else the usual comparison of the column.
  const mode = form.form.kind === 'moment' ? 'is' : (form.modes[0] ?? 'contains');
  const { value, fault } = readValue(form, mode, entered);
  return fault === null
    ? { condition: { column: field, mode, value }, fault }
    : { condition: { column: field, mode, value: entered }, fault };
};

/** What may stand behind the colon of a typed condition, as far as its field says, and where that begins. */
export const valuesTyped = (
  resource: Resource,
  text: string,
  { condition }: TypedFilter,
): { from: number; options: string[] } => {
  const [before = ''] = /^[^:]*:\s*/.exec(text) ?? [];
  const begun = text.slice(before.length).toLowerCase();
  const { form } = conditionFormOf(resource, condition.column);
  const all = form.kind === 'boolean' ? ['yes', 'no'] : form.kind === 'choice' ? form.options : [];
  const options = all.filter((one) => one.toLowerCase().startsWith(begun) && one.toLowerCase() !== begun);
  return { from: before.length, options };
};

/**
 * What is wrong with a text that begins as a condition does, `nmae: kim`, with no field of the list; null for any other. It
 * may be meant as words all the same.
 */
export const unknownFieldIn = (resource: Resource, text: string): LineMistakeAt | null => {
  const [, before = '', name] = /^(\s*)(\p{L}[\p{L}\d _.-]{0,59}):(?![/:])/u.exec(text) ?? [];
  if (name === undefined || typedFilter(resource, text)) return null;
  return { line: text, column: before.length + 1, reason: unknownColumn(resource, name.trim()) };
};

/** Conditions that are offered for a text, at most. */
const mostSuggested = 8;

/**
 * Conditions that a text may stand for in a list that is not searched for words: options that it is part of, an address as
 * the address of a row, else the text in the column that names one. The last is what Enter takes where nothing else fits.
 */
export const suggestedFilters = (resource: Resource, text: string): Entered[] => {
  const word = text.normalize('NFC').trim();
  const typed = typedFilter(resource, text);
  if (word.length < 2 || typed) return [];
  const lower = word.toLowerCase();
  const fitting = resource.columns.flatMap(({ id }): Entered[] => {
    const { form, modes } = conditionFormOf(resource, id);
    if (form.kind === 'choice')
      return form.options
        .filter((option) =>
          [option, wordOfValue(commandWords.t, form.words, option) ?? ''].some((one) =>
            one.toLowerCase().includes(lower),
          ),
        )
        .map((option) => ({ field: id, mode: 'is', values: [option] }));
    if (form.kind === 'address' && /^[\da-f:.]+(\/\d+)?$/i.test(word)) {
      const read = readValue({ form }, modes[0] ?? 'network', word);
      return read.fault === null ? [{ field: id, mode: 'network', values: [read.value] }] : [];
    }
    return [];
  });
  const named = resource.columns.find(({ id }) => resource.labels.includes(id));
  return [
    ...fitting.slice(0, mostSuggested),
    ...(named ? [{ field: named.id, mode: 'contains' as const, values: [word] }] : []),
  ];
};
