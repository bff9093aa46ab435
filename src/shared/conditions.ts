import type { Column, Resource } from './catalog/index.ts';
import { DeskError } from './errors.ts';
import { type Condition, type LocalMode, localModes, modesWithoutValue, networkModes } from './local.ts';
import { spanOf } from './moments.ts';
import { nearest } from './nearest.ts';
import { isNetwork } from './network.ts';
import { columnTitle } from './phrases/catalog-words.ts';
import { commandWords } from './phrases/command-words.ts';
import { type Vocabulary, valuesWithWords, wordOfValue } from './phrases/value-words.ts';
import { because, type Reason } from './reasons.ts';

/**
 * How the value of a condition on a column is entered, and so which operators fit.
 *
 * - `boolean`: yes or no; the value is kept as `true` or `false`.
 * - `choice`: one of `options`, or its word; where it is `open`, any other text, too (a newer server's event).
 * - `reference`: a row of the list `resource`, picked by its name; the value is its id.
 * - `moment`: a date from a calendar, or words (`24h`, `yesterday`, `2026-11-20 08:30`: `moments.ts`), kept as typed.
 * - `number`, `address` (IP addresses and networks), `phone` (in any writing), `text`: typed.
 * - `structure`: JSON and lists: text that is in it.
 * - `any`: a field that the catalogue does not know: all operators, compared by what the row has.
 */
export type ValueForm =
  | { kind: 'boolean' | 'moment' | 'number' | 'address' | 'phone' | 'text' | 'structure' | 'any' }
  | { kind: 'choice'; options: readonly string[]; open: boolean; words?: Vocabulary }
  | { kind: 'reference'; resource: string };

/** The operators that fit a column, in the order to offer them (the first is the usual one), and its values' form. */
export type ConditionForm = { form: ValueForm; modes: readonly LocalMode[] };

const filledOrEmpty = ['filled', 'empty'] as const;
const modesOf: Readonly<Record<ValueForm['kind'], readonly LocalMode[]>> = {
  boolean: ['is', 'differs', ...filledOrEmpty],
  choice: ['is', 'differs', ...filledOrEmpty],
  reference: ['is', 'differs', ...filledOrEmpty],
  moment: ['more', 'less', 'is', 'differs', ...filledOrEmpty],
  number: ['is', 'differs', 'less', 'more', ...filledOrEmpty],
  address: ['network', 'outside', 'is', 'differs', 'contains', 'lacks', ...filledOrEmpty],
  phone: ['contains', 'lacks', 'is', 'differs', ...filledOrEmpty],
  text: ['contains', 'lacks', 'is', 'differs', ...filledOrEmpty],
  structure: ['contains', 'lacks', ...filledOrEmpty],
  any: localModes,
};

/** The column of this id; undefined for a field that the catalogue does not know. */
const known = (resource: Pick<Resource, 'columns'>, id: string): Column | undefined =>
  resource.columns.find((column) => column.id === id);

const worded = (words: Vocabulary): ValueForm => ({
  kind: 'choice',
  options: valuesWithWords(words),
  open: false,
  words,
});

const formOf = (resource: Pick<Resource, 'columns' | 'filters'>, id: string): ValueForm => {
  const column = known(resource, id);
  if (!column) return { kind: 'any' };
  if (column.ref) return { kind: 'reference', resource: column.ref };
  for (const filter of resource.filters) {
    if (filter.kind === 'choice' && filter.column === id && column.kind !== 'boolean')
      return {
        kind: 'choice',
        options: filter.options,
        open: false,
        ...(column.words ? { words: column.words } : {}),
      };
    if (filter.kind === 'exact' && filter.column === id && filter.suggestions)
      return { kind: 'choice', options: filter.suggestions, open: true };
  }
  switch (column.kind) {
    case 'time':
    case 'seconds':
      return { kind: 'moment' };
    case 'outcome':
      return worded('outcome');
    case 'ip':
      return { kind: 'address' };
    case 'boolean':
    case 'number':
      return { kind: column.kind };
    case 'names':
    case 'list':
    case 'json':
      return { kind: 'structure' };
    default:
      if (column.words) return worded(column.words);
      return { kind: column.phone ? 'phone' : 'text' };
  }
};

/** Which operators fit a column of a list, and how its value is entered. `id` is a column's, or any path in a row. */
export const conditionFormOf = (
  resource: Pick<Resource, 'columns' | 'filters'>,
  id: string,
): ConditionForm => {
  const form = formOf(resource, id);
  const modes = modesOf[form.kind];
  return { form, modes: form.kind === 'choice' && form.open ? [...modes, 'contains', 'lacks'] : modes };
};

const yes = new Set(['yes', 'y', 'true', 'on', '1', '✓', '✔', '☑', '✅']);
const no = new Set(['no', 'n', 'false', 'off', '0', '✗', '✘', '✕', '☐', '❌', '–', '-']);

/** What a word says of a yes-or-no value: `Yes`, `true` and the tick are the same; null for any other word. */
export const booleanWord = (text: string): boolean | null => {
  const word = text
    .normalize('NFKC')
    .replace(/\ufe0f/g, '')
    .trim()
    .toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : null;
};

/** What is wrong with a value: it is not a yes or no, a date, a number, a network, or there is none. */
export type ValueFault = 'boolean' | 'moment' | 'number' | 'network' | 'empty';

/** The same of a value that was typed. */
export const faultyValue = (fault: ValueFault, value: string): Reason =>
  fault === 'empty' ? because('value.empty') : because(`value.${fault}`, { value });

/**
 * The value of a condition as it is kept, from what was entered: NFC, booleans as `true` and `false`, options in their own
 * spelling; or what is wrong with it.
 */
export const readValue = (
  { form }: Pick<ConditionForm, 'form'>,
  mode: LocalMode,
  entered: string,
): { value: string; fault: null } | { value: null; fault: ValueFault } => {
  if (modesWithoutValue.includes(mode)) return { value: '', fault: null };
  const text = entered.normalize('NFC');
  const word = text.trim();
  const fault = (what: ValueFault) => ({ value: null, fault: what });
  if (word === '') return fault('empty');
  if (networkModes.includes(mode)) return isNetwork(word) ? { value: word, fault: null } : fault('network');
  const isPart = mode === 'contains' || mode === 'lacks';
  if (isPart) return { value: text, fault: null };
  switch (form.kind) {
    case 'boolean': {
      const said = booleanWord(word);
      return said === null ? fault('boolean') : { value: String(said), fault: null };
    }
    case 'moment':
      return spanOf(word, 0) === null ? fault('moment') : { value: word, fault: null };
    case 'number':
      return Number.isFinite(Number(word)) ? { value: word, fault: null } : fault('number');
    case 'choice': {
      const typed = word.toLowerCase();
      const option =
        form.options.find((one) => one.toLowerCase() === typed) ??
        form.options.find((one) => wordOfValue(commandWords.t, form.words, one)?.toLowerCase() === typed);
      return { value: option ?? text, fault: null };
    }
    default:
      return { value: text, fault: null };
  }
};

/**
 * Throws `query.invalid` for a condition whose value its column cannot have, as a link or an older view may: it would fit
 * no row, and "no rows" would be no answer.
 */
export const refuseUnreadable = (
  resource: Pick<Resource, 'id' | 'columns' | 'filters'>,
  conditions: readonly Condition[] = [],
): void => {
  for (const { column, mode, value } of conditions) {
    const { fault } = readValue(conditionFormOf(resource, column), mode, value);
    if (fault === null || fault === 'empty') continue;
    throw new DeskError('query.invalid', {
      where: 'where',
      why: because('value.ofColumn', { column: named(resource, column), reason: faultyValue(fault, value) }),
    });
  }
};

/** What commands and errors call a column of a list. */
const named = ({ id }: Pick<Resource, 'id'>, column: string): string =>
  columnTitle(commandWords.t, id, column);

/** A title without what it says of where the value comes from: `Roles (offline copy)` is `Roles`, too. */
const plainTitle = (title: string) => title.replace(/\s*\([^)]*\)$/, '');

const folded = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The column that a person names by its id or its title, case aside; undefined when the list has none. */
export const columnNamed = (resource: Pick<Resource, 'id' | 'columns'>, name: string): Column | undefined => {
  const word = folded(name);
  const { columns } = resource;
  return (
    columns.find(({ id }) => id === name.trim()) ??
    columns.find(({ id }) => folded(id) === word) ??
    columns.find(({ id }) => {
      const title = named(resource, id);
      return folded(title) === word || folded(plainTitle(title)) === word;
    })
  );
};

/** The id or title of a column that was most likely meant, by a name that the list does not have; or of `paths`. */
export const nearestColumn = (
  resource: Pick<Resource, 'id' | 'columns'>,
  name: string,
  paths: readonly string[] = [],
): string | null =>
  nearest(name, [...resource.columns.flatMap(({ id }) => [id, named(resource, id)]), ...paths]);

/** What is wrong with a name that no column of a list has: the one that was likely meant, else those that there are. */
export const unknownColumn = (resource: Pick<Resource, 'id' | 'columns'>, name: string): Reason => {
  const near = nearestColumn(resource, name);
  const shown = resource.columns.filter(({ hidden }) => !hidden).map(({ id }) => named(resource, id));
  return near === null
    ? because('field.none', { field: name, fields: shown.join(', ') })
    : because('field.near', { field: name, near });
};
