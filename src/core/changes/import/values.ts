import type { ImportField } from '../../../shared/change/import-fields.ts';
import { typedPhone } from '../../../shared/phone.ts';
import { because, type Reason } from '../../../shared/reasons.ts';
import { secretMask } from '../../../shared/row.ts';
import { jsonIn } from './limits.ts';
import { type Cell, isEmptyCell } from './line.ts';

/** What a cell says of its field; `fault`: why it says nothing. */
export type Read = { value: unknown } | { fault: Reason };

/** A number as text without an exponent; null for one that its file has rounded. */
const digitsOf = (number: number): string | null => {
  if (Number.isInteger(number)) return Number.isSafeInteger(number) ? String(number) : null;
  return Number.isFinite(number) ? String(number) : null;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same text in one form: NFC, without what surrounds it. */
const textOf = (cell: Cell): string | null => {
  if (typeof cell === 'number') return digitsOf(cell);
  if (typeof cell === 'object') return null;
  return String(cell).normalize('NFC').trim();
};

const yes: readonly string[] = ['true', 'yes', 'y', '1'];
const no: readonly string[] = ['false', 'no', 'n', '0'];

/** Dates as OpenID Connect has them (Core 5.1): a day, a year, or a day without its year. */
const date = /^(\d{4}-\d\d-\d\d|\d{4})$/;

/** Names between semicolons or lines, or as JSON. */
const namesOf = (cell: Cell): string[] | null => {
  const list: unknown = typeof cell === 'string' && cell.trim().startsWith('[') ? jsonIn(cell) : cell;
  if (Array.isArray(list)) return list.every((one) => typeof one === 'string') ? list : null;
  return textOf(cell)?.split(/[;\n]/) ?? null;
};

/** A text as JSON writes a number, `true`, `false`, an object or a list; anything else is the text. */
const anyOf = (cell: Cell): unknown => {
  if (typeof cell !== 'string') return cell;
  const text = cell.normalize('NFC').trim();
  const value = /^(?:-?\d|true$|false$|[[{"])/.test(text) ? jsonIn(text) : undefined;
  // A number that would be written another way, such as one of twenty digits, is a text.
  if (value === undefined || (typeof value === 'number' && String(value) !== text)) return text;
  return value;
};

const phoneOf = (text: string): Read => {
  const phone = typedPhone(text);
  if (phone === null) return { fault: because('cell.phone') };
  if (phone.kind === 'national' || phone.digits.startsWith('0')) return { fault: because('cell.noCountry') };
  return { value: phone.digits };
};

const readers: Readonly<Record<ImportField['kind'], (cell: Cell) => Read>> = {
  id: (cell) => asText(cell),
  text: (cell) => asText(cell),
  email: (cell) => asText(cell),
  username: (cell) => asText(cell),
  url: (cell) => asText(cell),
  algorithm: (cell) => asText(cell),
  phone(cell) {
    const text = asText(cell);
    return 'fault' in text ? text : phoneOf(String(text.value));
  },
  boolean(cell) {
    const text = String(textOf(cell)).toLowerCase();
    if (yes.includes(text)) return { value: true };
    return no.includes(text) ? { value: false } : { fault: because('cell.boolean') };
  },
  date(cell) {
    const text = textOf(cell) ?? '';
    return date.test(text) ? { value: text } : { fault: because('cell.date') };
  },
  object(cell) {
    const value = typeof cell === 'string' ? jsonIn(cell) : cell;
    return isObject(value) ? { value } : { fault: because('cell.object') };
  },
  any: (cell) => ({ value: anyOf(cell) }),
  names(cell) {
    const names = namesOf(cell)
      ?.map((name) => name.normalize('NFC').trim())
      .filter(Boolean);
    return names ? { value: [...new Set(names)] } : { fault: because('cell.names') };
  },
  // Of a secret, every character counts.
  password: (cell) => (typeof cell === 'string' ? { value: cell } : asText(cell)),
  digest(cell) {
    if (Array.isArray(cell)) return { value: JSON.stringify(cell) };
    return typeof cell === 'string' ? { value: cell } : { fault: because('cell.text') };
  },
};

function asText(cell: Cell): Read {
  const text = textOf(cell);
  return text === null
    ? { fault: because(typeof cell === 'number' ? 'cell.rounded' : 'cell.text') }
    : { value: text };
}

/** What a filled cell says of a field. Masks, which exports have in the place of secrets, are not values. */
export const readCell = (field: ImportField, cell: Cell): Read => {
  if (isEmptyCell(cell)) return { fault: because('cell.empty') };
  const said = typeof cell === 'string' ? cell : JSON.stringify(cell);
  if (said.includes(secretMask)) return { fault: because('cell.masked') };
  return readers[field.kind](cell);
};

/** What an emptied cell makes of a field that is to be cleared. */
export const clearedOf = ({ kind }: ImportField): unknown => (kind === 'object' ? {} : null);
