import { typedPhone } from './phone.ts';
import { isLine, lineOf } from './search/line.ts';
import { emptySearch, type SearchField, type SearchTerm, searchFields } from './search/terms.ts';

/** One thing of a pasted list, and what it may be: the fields of a user that are looked through for it. */
export type PastedEntry = {
  /** As it was pasted, without what stood around it. */
  text: string;
  /** The line that it stood on, from 1. */
  line: number;
  /** What it may be; empty for anything but an id, name, address or phone. */
  fields: readonly SearchField[];
};

/** A pasted list: each thing once, and those that came again with the line on which they first stood. */
export type Pasted = { entries: PastedEntry[]; repeated: { text: string; line: number; first: number }[] };

/** Things that one list may have. */
export const mostPasted = 20_000;

const opening = '"\'“‘«';
const closing = '"\'”’»';

/** The place behind the last character that is none of these: an expression would go with the square of their number. */
const endBefore = (text: string, those: string, least = 0): number => {
  let end = text.length;
  while (end > least && those.includes(text.charAt(end - 1))) end -= 1;
  return end;
};

const unquoted = (text: string): string => {
  let from = 0;
  while (from < text.length - 1 && opening.includes(text.charAt(from))) from += 1;
  const end = endBefore(text, closing, from);
  return (from > 0 && end < text.length ? text.slice(from, end) : text).trim();
};

/** An entry without what stands around it in a sheet, a mail or a text: quotes, `<…>` behind a name, `mailto:`. */
const bare = (cell: string): string => {
  const [, inner] = /<([^<>]+)>\s*$/.exec(cell) ?? [];
  const text = unquoted((inner ?? unquoted(cell.trim())).trim()).replace(/^(?:mailto|tel):/i, '');
  return text.slice(0, endBefore(text, '.:')).trim();
};

const fieldsOf = (text: string): SearchField[] => {
  if (text.includes('@')) return ['email'];
  const phone = typedPhone(text, 7);
  if (phone) return phone.kind === 'plain' ? ['phone', 'id'] : ['phone'];
  return /^\S+$/.test(text) ? ['id', 'username'] : [];
};

/** The same for two writings of one thing: addresses and names without their case, phones as their digits. */
const keyOf = ({ text, fields }: PastedEntry): string => {
  const phone = fields[0] === 'phone' ? typedPhone(text, 7) : null;
  return phone ? `${phone.kind === 'national' ? 'ends' : 'is'} ${phone.digits}` : text.toLowerCase();
};

/** Cells of a line: what stands between commas, semicolons and tabs; addresses may have spaces between them, too. */
const cellsOf = (line: string): string[] =>
  line.split(/[,;\t|]/).flatMap((cell) => {
    const words = cell.trim().split(/\s+/);
    return words.length > 1 && words.every((word) => word.includes('@')) ? words : [cell];
  });

/** Reads a list as it was pasted from a ticket, a mail or a sheet: emails, ids, phones and usernames. */
export const pastedOf = (text: string): Pasted => {
  const first = new Map<string, number>();
  const found: Pasted = { entries: [], repeated: [] };
  text
    .normalize('NFC')
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((written, at) => {
      const line = at + 1;
      for (const cell of cellsOf(written)) {
        const entryText = bare(cell);
        if (entryText === '') continue;
        const entry = { text: entryText, line, fields: fieldsOf(entryText) };
        const key = keyOf(entry);
        const before = first.get(key);
        if (before !== undefined) found.repeated.push({ text: entryText, line, first: before });
        else {
          first.set(key, line);
          found.entries.push(entry);
        }
      }
    });
  return found;
};

/** The search line that finds everything of a list; empty where nothing of it can be looked for. */
export const lineOfPasted = (entries: readonly PastedEntry[]): string => {
  const terms = searchFields.flatMap((field): SearchTerm[] => {
    const values = entries.filter(({ fields }) => fields.includes(field)).map(({ text }) => text);
    return values.length === 0 ? [] : [{ field, mode: 'is', values }];
  });
  return lineOf({ ...emptySearch, joint: terms.length > 1 ? 'any' : 'all', terms });
};

/** True for text that is a list of things, not words or a search line: several addresses, or several lines. */
export const isList = (text: string): boolean => {
  if (isLine(text)) return false;
  const { entries } = pastedOf(text);
  return entries.length > 1 && entries.every(({ fields }) => fields.length > 0);
};
