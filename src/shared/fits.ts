import type { Resource } from './catalog/index.ts';
import { booleanWord, conditionFormOf } from './conditions.ts';
import { type Condition, isEmpty, type LocalMode, textOf } from './local.ts';
import { type Span, spanOf } from './moments.ts';
import { isAddress, isInNetwork } from './network.ts';
import { isInPhone, isPhone, type TypedPhone, typedPhone } from './phone.ts';
import { type Row, valueAt } from './row.ts';
import type { Zone } from './zone.ts';

/** A condition that was read once, by the kind of its column, to be held against many rows. Plain data. */
export type ConditionTest = {
  column: string;
  mode: LocalMode;
  /** What was entered, NFC, and without its case. */
  entered: string;
  folded: string;
  /** What it says of a yes-or-no value. */
  flag: boolean | null;
  /** The numbers or moments that it names. */
  span: Span | null;
  /** What a number of the column is multiplied by to compare it with `span`: seconds become ms. */
  unit: 1 | 1000;
  phone: TypedPhone | null;
};

type Reading = {
  /** Unix ms, what `24h` and `yesterday` count back from. */
  now: number;
  /** The zone of dates that name none. */
  zone?: Zone | undefined;
};

const numberIn = (text: string): Span | null => {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return !Number.isFinite(number) ? null : { from: number, to: number };
};

/** A text without what does not matter where one is looked for in another: case, and forms of letters. */
export const foldedText = (text: string) => text.normalize('NFC').toLowerCase();

/** A condition as a test, of a list's column or of any path in its rows. What cannot be read fits no row. */
export const testOf = (
  resource: Pick<Resource, 'columns' | 'filters'>,
  { column, mode, value }: Condition,
  { now, zone }: Reading,
): ConditionTest => {
  const entered = value.normalize('NFC');
  const { form } = conditionFormOf(resource, column);
  const span =
    form.kind === 'moment'
      ? spanOf(entered, now, zone)
      : (numberIn(entered) ?? (form.kind === 'any' ? spanOf(entered, now, zone) : null));
  const { kind } = resource.columns.find(({ id }) => id === column) ?? {};
  return {
    column,
    mode,
    entered,
    folded: foldedText(entered),
    flag: booleanWord(entered),
    span,
    unit: kind === 'seconds' ? 1000 : 1,
    phone: form.kind === 'phone' ? typedPhone(entered) : null,
  };
};

/** All conditions of a view as tests. */
export const testsOf = (
  resource: Pick<Resource, 'columns' | 'filters'>,
  conditions: readonly Condition[] | undefined,
  reading: Reading,
): ConditionTest[] => (conditions ?? []).map((condition) => testOf(resource, condition, reading));

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Where a text's first sign puts it: 0 for a digit, then the letters of ASCII; NaN for any other sign. */
const placeOfFirst = (text: string): number => {
  const unit = text.charCodeAt(0);
  if (unit >= 0x30 && unit <= 0x39) return 0;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? letter : Number.NaN;
};

/** The order of two texts for people: below, at, or above 0. First signs tell of most, in a tenth of the collator's time. */
export const compareTexts = (one: string, other: string): number => {
  const a = placeOfFirst(one);
  const b = placeOfFirst(other);
  return a < b || a > b ? a - b : collator.compare(one, other);
};

const contains = (value: unknown, { folded, flag, phone }: ConditionTest): boolean => {
  if (typeof value === 'boolean' && flag !== null) return value === flag;
  if (typeof value === 'string' && phone && isInPhone(value, phone)) return true;
  return foldedText(textOf(value)).includes(folded);
};

const is = (value: unknown, test: ConditionTest): boolean => {
  const { folded, flag, span, unit, phone } = test;
  if (typeof value === 'boolean') return flag !== null && value === flag;
  if (typeof value === 'number' && span) return value * unit >= span.from && value * unit <= span.to;
  if (typeof value === 'string' && phone && isPhone(value, phone)) return true;
  // Of a list, one of its parts.
  if (Array.isArray(value) && value.some((part) => typeof part !== 'object' && is(part, test))) return true;
  return foldedText(textOf(value)) === folded;
};

/** True when a value comes before what was entered; one that cannot be compared does not. */
const isLess = (value: unknown, { entered, span, unit }: ConditionTest): boolean => {
  if (typeof value === 'number') return span !== null && value * unit < span.from;
  return typeof value === 'string' && value !== '' && compareTexts(value, entered) < 0;
};

/** True when a value comes after what was entered: of a day or a span, from its begin on. */
const isMore = (value: unknown, { entered, span, unit }: ConditionTest): boolean => {
  if (typeof value === 'number') {
    if (!span) return false;
    return span.from === span.to ? value * unit > span.from : value * unit >= span.from;
  }
  return typeof value === 'string' && value !== '' && compareTexts(value, entered) > 0;
};

const tests: Readonly<Record<LocalMode, (value: unknown, test: ConditionTest) => boolean>> = {
  contains,
  lacks: (value, test) => !contains(value, test),
  is,
  differs: (value, test) => !is(value, test),
  less: isLess,
  more: isMore,
  network: (value, { entered }) => typeof value === 'string' && isInNetwork(value, entered),
  // Anything but an address is neither inside nor outside a network.
  outside: (value, { entered }) =>
    typeof value === 'string' && isAddress(value) && !isInNetwork(value, entered),
  filled: (value) => !isEmpty(value),
  empty: isEmpty,
};

/** True when a value fits a condition. */
export const fitsValue = (test: ConditionTest, value: unknown): boolean => tests[test.mode](value, test);

/** True when the row fits every condition. */
export const fits = (conditions: readonly ConditionTest[], row: Row): boolean =>
  conditions.every((test) => fitsValue(test, valueAt(row, test.column)));
