import { userColumns } from '../catalog/users.ts';
import { nearestOf } from '../nearest.ts';
import { because, type Reason } from '../reasons.ts';
import { checkRegex } from './regex.ts';
import { faultOf } from './search.ts';
import {
  emptySearch,
  type Membership,
  type SearchField,
  type SearchMode,
  type SearchTerm,
  searchFields,
  type UserSearch,
} from './terms.ts';

/** Signs of the modes in a line, e.g. `email:~"corp"`; the rare ones are words. */
export const modeSigns: Readonly<Record<SearchMode, string>> = {
  contains: '~',
  starts: '^',
  ends: '$',
  is: '=',
  pattern: 'like',
  similar: 'similar',
  regex: 'regex',
};

const flags = { 'case-sensitive': 'caseSensitive', 'hide-admins': 'hideAdmins' } as const;
const membershipWords = {
  'in-role': 'inRole',
  'not-in-role': 'notInRole',
  'in-organization': 'inOrganization',
  'not-in-organization': 'notInOrganization',
} as const satisfies Record<string, Membership>;
/** What people shorten. */
const shortWords: Readonly<Record<string, Membership>> = {
  'in-org': 'inOrganization',
  'not-in-org': 'notInOrganization',
};
const membershipOf = (word: string): Membership | null =>
  Object.entries({ ...membershipWords, ...shortWords }).find(([known]) => known === word)?.[1] ?? null;

/** A mistake in a line, with its column from 1. */
export type LineMistake = { column: number; reason: Reason };
export type ParsedLine = { search: UserSearch; mistake: null } | { search: null; mistake: LineMistake };

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** The search as a line that `parseLine` reads back. */
export const lineOf = (search: UserSearch): string => {
  const terms = search.terms.map(
    ({ field, mode, values }) => `${field}:${modeSigns[mode]}${values.map(quoted).join(',')}`,
  );
  return [
    terms.join(search.joint === 'all' ? ' and ' : ' or '),
    ...(search.caseSensitive ? ['case-sensitive'] : []),
    ...(search.hideAdmins ? ['hide-admins'] : []),
    ...Object.entries(membershipWords).flatMap(([word, key]) => {
      const named = search[key];
      return named ? [`${word}:${quoted(named)}`] : [];
    }),
  ]
    .filter(Boolean)
    .join(' ');
};

/** Words before a colon that a line knows. */
const lineWords = [...searchFields, ...Object.keys(membershipWords), ...Object.keys(shortWords)];

/** What people call the fields of a line. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['tel', 'phone'],
  ['mobile', 'phone'],
  ['login', 'username'],
  ['user', 'username'],
  ['role', 'in-role'],
  ['roles', 'in-role'],
  ['organization', 'in-organization'],
  ['org', 'in-organization'],
]);
/** Fields of a user that a line does not look through. */
const spokenFields = ['suspended', 'created'];
const otherFields = [...userColumns.map(({ id }) => id.toLowerCase()), ...spokenFields];

/** The field that was meant by a word before a colon: one of a line's, or another one of users; null for other words. */
const fieldMeant = (word: string): string | null => {
  const known = lineWords.includes(word) ? word : otherWords.get(word);
  if (known) return known;
  if (otherFields.includes(word)) return word;
  if (word.length < 3) return null;
  const [near = null] = nearestOf(word, lineWords, 1, word.length > 4 ? 2 : 1);
  return near ?? nearestOf(word, spokenFields, 1, 1)[0] ?? null;
};

/** True for a word before a colon that a line has, or that people call one of its own by. */
export const isLineWord = (word: string): boolean =>
  lineWords.includes(word.trim().toLowerCase()) || otherWords.has(word.trim().toLowerCase());

/** What is wrong with a word that is not a field of a line. */
const wrongField = (word: string): Reason => {
  const meant = fieldMeant(word);
  if (lineWords.includes(word) || meant === null)
    return because('search.field', { fields: searchFields.join(', ') });
  if (meant === word) return because('search.notSearched', { field: word });
  return because('search.noField', { field: word, near: meant });
};

/**
 * True when the text is meant as a search line, and not as words to look for. A mistyped field is a mistake in a line:
 * nobody has "emial:kim" in a name, and nothing found would be believed.
 */
export const isLine = (text: string): boolean => {
  const [, word, colon] = /^\s*([a-z-]+)(:(?!\/\/))?/i.exec(text) ?? [];
  if (word === undefined) return false;
  return colon ? fieldMeant(word.toLowerCase()) !== null : Object.hasOwn(flags, word.toLowerCase());
};

class Mistake extends Error {
  readonly column: number;
  readonly reason: Reason;
  constructor(at: number, reason: Reason) {
    super(reason.code);
    this.column = at + 1;
    this.reason = reason;
  }
}

/** Reads a line from left to right; `at` is where it is. */
class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    this.#take(/^\s+/);
    return this.at >= this.#text.length;
  }

  #take(pattern: RegExp): string | null {
    const found = pattern.exec(this.#text.slice(this.at))?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  word(): string {
    return (this.#take(/^[a-z-]+/i) ?? '').toLowerCase();
  }

  sign(text: string): boolean {
    if (!this.#text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Goes past blanks behind a colon, as people type them; what follows there may be a condition of its own, and no value. */
  gap(): void {
    this.#take(/^\s+(?!(?:and|or)(?:\s|$)|[a-z-]+:)(?=\S)/i);
  }

  mode(): SearchMode {
    // A word is a mode only in front of a quotation: `name:likely` looks for "likely".
    const found = (Object.keys(modeSigns) as SearchMode[]).find((mode) => {
      const sign = modeSigns[mode];
      return (sign.length === 1 || this.#text[this.at + sign.length] === '"') && this.sign(sign);
    });
    if (!found) {
      const next = this.#text[this.at];
      // A value right behind the colon contains: what people mean most.
      if (next !== undefined && !/\s/.test(next)) return 'contains';
      throw new Mistake(this.at, because('search.noValue', { example: `${modeSigns.contains}"text"` }));
    }
    return found;
  }

  value(): string {
    const start = this.at;
    if (this.#text[this.at] === '"') {
      const text = this.#take(/^"(?:[^"\\]|\\.)*"/s);
      if (text === null) throw new Mistake(start, because('search.openQuote'));
      const value = text.slice(1, -1).replace(/\\(.)/gs, '$1');
      if (value === '') throw new Mistake(start, because('search.emptyValue'));
      return value;
    }
    const bare = this.#take(/^[^\s",]+/);
    if (bare === null) throw new Mistake(start, because('search.noValue', { example: '"text"' }));
    return bare;
  }

  values(): string[] {
    const values = [this.value()];
    while (this.sign(',')) values.push(this.value());
    return values;
  }
}

const isField = (word: string): word is SearchField => (searchFields as readonly string[]).includes(word);

const readTerm = (reader: Reader, field: SearchField): SearchTerm => {
  reader.gap();
  const mode = reader.mode();
  const start = reader.at;
  const values = reader.values();
  if (mode === 'regex') {
    for (const value of values) {
      const found = checkRegex(value);
      // The value stands behind a quotation mark; escapes before the place are not counted.
      if (found.kind === 'wrong') throw new Mistake(start + 1 + found.at, found.reason);
    }
  }
  return { field, mode, values };
};

const noOrOfMemberships = because('search.andOnly');

const read = (text: string): UserSearch => {
  const reader = new Reader(text);
  const terms: SearchTerm[] = [];
  let rest: Omit<UserSearch, 'terms' | 'joint'> = emptySearch;
  let joint: UserSearch['joint'] | null = null;
  let last: 'term' | 'membership' | 'flag' | null = null;
  /** An "and" or "or" waits for the condition behind it. */
  let isOpen = false;
  while (!reader.isAtEnd) {
    const start = reader.at;
    const word = reader.word();
    const membership = membershipOf(word);
    if (word === 'and' || word === 'or') {
      const next = word === 'and' ? 'all' : 'any';
      const isBetween = !isOpen && last !== null && (last !== 'flag' || word === 'and');
      if (!isBetween) throw new Mistake(start, because('search.between', { word }));
      if (next === 'any' && last === 'membership') throw new Mistake(start, noOrOfMemberships);
      if (joint && joint !== next) throw new Mistake(start, because('search.oneJoint'));
      joint = next;
      isOpen = true;
    } else if (isField(word) && reader.sign(':')) {
      if (last === 'term' && !isOpen) throw new Mistake(start, because('search.noJoint'));
      terms.push(readTerm(reader, word));
      last = 'term';
      isOpen = false;
    } else if (Object.hasOwn(flags, word)) {
      if (isOpen && joint === 'any') throw new Mistake(start, because('search.flagAndOnly', { word }));
      rest = { ...rest, [flags[word as keyof typeof flags]]: true };
      last ??= 'flag';
      isOpen = false;
    } else if (membership && reader.sign(':')) {
      if (isOpen && joint === 'any') throw new Mistake(start, noOrOfMemberships);
      if (rest[membership] !== undefined) throw new Mistake(start, because('search.once', { word }));
      reader.gap();
      rest = { ...rest, [membership]: reader.value() };
      last = 'membership';
      isOpen = false;
    } else throw new Mistake(start, wrongField(word));
  }
  if (isOpen) throw new Mistake(text.trimEnd().length, because('search.noCondition'));
  const { caseSensitive, hideAdmins, inRole, notInRole, inOrganization, notInOrganization } = rest;
  return {
    joint: joint ?? 'all',
    caseSensitive,
    hideAdmins,
    terms,
    ...(inRole ? { inRole } : {}),
    ...(notInRole ? { notInRole } : {}),
    ...(inOrganization ? { inOrganization } : {}),
    ...(notInOrganization ? { notInOrganization } : {}),
  };
};

/** The search of a line, or the first mistake in it. */
export const parseLine = (text: string): ParsedLine => {
  try {
    const search = read(text);
    const fault = faultOf(search);
    return fault === null
      ? { search, mistake: null }
      : { search: null, mistake: { column: 1, reason: fault } };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { search: null, mistake: { column: error.column, reason: error.reason } };
  }
};

/** The shortest conditions that a word could become, behind what is typed before it. */
const become = (word: string): string[] => {
  if (word.endsWith(':')) return [`${word}"x"`];
  return word.endsWith(' ') ? searchFields.map((field) => `${word}${field}:"x"`) : [word];
};

/** True where a search may continue with a word: neither what would be refused nor what is already there is offered. */
const mayFollow = (ahead: string, word: string): boolean => {
  const { search } = parseLine(ahead);
  const named = membershipOf(word.slice(0, -1));
  if (named && search?.[named] !== undefined) return false;
  return become(word).some((typed) => parseLine(`${ahead}${typed}`).mistake === null);
};

/** What could stand at a place of a line (`column` from 0), and from where it would replace what is typed. */
export const completionsAt = (text: string, column: number): { from: number; options: string[] } => {
  const before = text.slice(0, column);
  const quotes = before.replace(/\\./g, '').split('"').length - 1;
  if (quotes % 2 === 1) return { from: column, options: [] };
  const word = /[a-z-]*$/i.exec(before)?.[0] ?? '';
  const from = column - word.length;
  const ahead = before.slice(0, from);
  if (ahead.endsWith(':')) {
    const options = Object.values(modeSigns).map((sign) => `${sign}"`);
    return { from, options: options.filter((option) => option.startsWith(word)) };
  }
  const open = ahead.trim() === '' || /\b(?:and|or)\s+$/i.test(ahead);
  const words = open
    ? searchFields.map((field) => `${field}:`)
    : ['and ', 'or ', ...Object.keys(flags), ...Object.keys(membershipWords).map((key) => `${key}:`)];
  const options = words.filter((option) => option.startsWith(word.toLowerCase()));
  return { from, options: options.filter((option) => mayFollow(ahead, option)) };
};
