import { keyLength, sortKey } from '../../../shared/local.ts';
import { endOfText, textAt } from './json-list.ts';

/** Units of a key that rows are put in a first order by: a byte each. */
const prefixLength = 6;
/** What stands in one for whatever is not ASCII. */
const notAscii = 0xff;
const wide = 2 ** 16;
const wideLength = 3;
/** Where the texts' prefixes begin, behind all numbers. */
export const textsFrom = 2 ** 48;
const numbersWithin = 2 ** 46;
/** What stands for that number, and for all that are larger. */
export const mostOfNumbers = numbersWithin * 2;

/**
 * Where in sort keys their continuation is read: `skip`: units of the key before that. As a rule six units are read, or
 * fewer, up to the first that is not ASCII; `isWide`: three, whatever they are.
 */
export type Place = { skip: number; isWide: boolean };
export const beginning: Place = { skip: 0, isWide: false };

/**
 * How a sort key (`sortKey`) begins, or continues at a place, as a number from 0, so that no key comes before one
 * whose number is smaller. Keys with the same number are compared themselves, or by their continuation (`behind`).
 */
export const prefixOf = (key: number | string, { skip, isWide }: Place = beginning): number => {
  if (typeof key === 'number') {
    const within = Math.min(Math.max(Math.floor(key), -numbersWithin), numbersWithin);
    return within + numbersWithin;
  }
  const unitAt = (at: number) => (skip + at < key.length ? key.charCodeAt(skip + at) : 0);
  if (isWide) return textsFrom + (unitAt(0) * wide + unitAt(1)) * wide + unitAt(2);
  let prefix = 0;
  for (let at = 0; at < prefixLength; at += 1) {
    const unit = unitAt(at);
    if (unit >= 0x80) return textsFrom + (prefix * 256 + notAscii) * 256 ** (prefixLength - at - 1);
    prefix = prefix * 256 + unit;
  }
  return textsFrom + prefix;
};

/** Where keys continue that are alike in what was read of them; null where they do not, or where they are numbers. */
export const behind = (prefix: number, { skip, isWide }: Place): Place | null => {
  if (prefix < textsFrom) return null;
  const units = prefix - textsFrom;
  if (isWide) return units % wide === 0 ? null : { skip: skip + wideLength, isWide };
  for (let at = 0; at < prefixLength; at += 1)
    if (Math.floor(units / 256 ** (prefixLength - at - 1)) % 256 === notAscii)
      return { skip: skip + at, isWide: true };
  return units % 256 === 0 ? null : { skip: skip + prefixLength, isWide };
};

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;
const isHan = (unit: number) => unit >= 0x4e00 && unit <= 0x9fff;
/** Where syllables of Hangul begin, and how many there are; how many begin alike, and how many of those continue alike. */
const hangul = { first: 0xac00, all: 11_172, alike: 588, onAlike: 28 };

const [zero, backslash] = [0x30, 0x5c];

const added = (prefix: number, filled: number, unit: number, base: number, most: number): number =>
  filled >= 0 && filled < most ? prefix * base + unit : prefix;

/**
 * Writes how the key of a part of a text begins, or continues, to a row's place, without making the key; false where
 * that cannot be told from the text: it can as far as there are ASCII without a backslash, Han and syllables of Hangul.
 * (Given back, such a number would take memory, for each of a million rows.)
 */
const putPlain = (
  into: Float64Array,
  row: number,
  text: string,
  begin: number,
  after: number,
  { skip, isWide }: Place,
): boolean => {
  const end = Math.min(after, begin + keyLength);
  const base = isWide ? wide : 256;
  const most = isWide ? wideLength : prefixLength;
  let prefix = 0;
  let filled = -skip;
  for (let at = begin; at < end && filled < most; at += 1) {
    const unit = text.charCodeAt(at);
    const syllable = unit - hangul.first;
    const isSyllable = syllable >= 0 && syllable < hangul.all;
    if (isDigit(unit)) {
      // Digits stand behind how many they are, as in `orderedDigits`.
      while (at < end && text.charCodeAt(at) === zero) at += 1;
      let last = at;
      while (last < end && isDigit(text.charCodeAt(last))) last += 1;
      if (last < end && text.charCodeAt(last) >= 0x80) return false;
      const count = Math.min(last - at, 99);
      prefix = added(prefix, filled, zero + Math.floor(count / 10), base, most);
      prefix = added(prefix, filled + 1, zero + (count % 10), base, most);
      filled += 2;
      for (; at < last && filled < most; at += 1) {
        prefix = added(prefix, filled, text.charCodeAt(at), base, most);
        filled += 1;
      }
      at = last - 1;
    } else if (unit < 0x80 && unit !== backslash) {
      prefix = added(prefix, filled, unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit, base, most);
      filled += 1;
    } else if (!isWide && (isSyllable || isHan(unit))) {
      prefix = added(prefix, filled, notAscii, base, most);
      filled += 1;
      break;
    } else if (isWide && isHan(unit)) {
      prefix = added(prefix, filled, unit, base, most);
      filled += 1;
    } else if (isWide && isSyllable) {
      // As in `NFKD`: its first part, its next, and a last one it may have.
      const ending = syllable % hangul.onAlike;
      prefix = added(prefix, filled, 0x1100 + Math.floor(syllable / hangul.alike), base, most);
      const middle = 0x1161 + Math.floor((syllable % hangul.alike) / hangul.onAlike);
      prefix = added(prefix, filled + 1, middle, base, most);
      if (ending > 0) prefix = added(prefix, filled + 2, 0x11a7 + ending, base, most);
      filled += ending > 0 ? 3 : 2;
    } else return false;
  }
  // What it ended with may have been longer than there is place for.
  into[row] = textsFrom + prefix * base ** (most - Math.min(Math.max(filled, 0), most));
  return true;
};

/** Writes it of a text. False where its key was made. */
const putText = (into: Float64Array, row: number, text: string, place: Place): boolean => {
  if (putPlain(into, row, text, 0, text.length, place)) return true;
  into[row] = prefixOf(sortKey(text) ?? '', place);
  return false;
};

/** Writes it of the text whose quote stands somewhere in JSON. False where its key was made. */
export const putLeft = (into: Float64Array, row: number, json: string, from: number, place: Place): boolean =>
  putPlain(into, row, json, from + 1, endOfText(json, from) - 1, place) ||
  putText(into, row, textAt(json, from), place);

/** Writes it of a value; -1 for none. False where a text's key was made. */
export const putValue = (into: Float64Array, row: number, value: unknown, place: Place): boolean => {
  if (typeof value === 'string' && value !== '') return putText(into, row, value, place);
  const key = sortKey(value);
  into[row] = key === null ? -1 : prefixOf(key, place);
  return true;
};
