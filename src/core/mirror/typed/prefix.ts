import { keyLength, sortKey } from '../../../shared/local.ts';
import { endOfText, textAt } from './json-list.ts';

/** Units of a key that rows are put in a first order by: a byte each. */
const prefixLength = 6;
/** What stands in one for whatever is not ASCII. */
const notAscii = 0xff;
const wide = 2 ** 16;
/** Where the texts' prefixes begin, behind all numbers. */
export const textsFrom = 2 ** 48;
const numbersWithin = 2 ** 46;
/** What stands for that number, and for all that are larger. */
export const mostOfNumbers = numbersWithin * 2;

/**
 * Where in sort keys it is read what they go on with: `skip`: units of the key before that. As a rule six units are read, the
 * last of them the first that is not ASCII; `isWide`: three, whatever they are.
 */
export type Place = { skip: number; isWide: boolean };
export const beginning: Place = { skip: 0, isWide: false };

/**
 * What a sort key (`sortKey`) begins with, or goes on with at a place, as a number from 0 on, so that no key comes before one
 * whose number is smaller. Keys of the same number are compared themselves, or where they go on (`behind`).
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

/** Where keys go on that are alike in what was read of them; null where they do not, or where they are numbers. */
export const behind = (prefix: number, { skip, isWide }: Place): Place | null => {
  if (prefix < textsFrom) return null;
  const units = prefix - textsFrom;
  if (isWide) return units % wide === 0 ? null : { skip: skip + 3, isWide };
  for (let at = 0; at < prefixLength; at += 1)
    if (Math.floor(units / 256 ** (prefixLength - at - 1)) % 256 === notAscii)
      return { skip: skip + at, isWide: true };
  return units % 256 === 0 ? null : { skip: skip + prefixLength, isWide };
};

/** Signs of Hangul and Han, whose keys have no ASCII, whatever stands beside them. */
const isOther = (unit: number) => (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3);

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;

const [zero, backslash] = [0x30, 0x5c];

/**
 * Writes the same of a part of a text to a row's place, without its key; false where that cannot be told from the text. (Given
 * back, such a number would take memory, for each of a million rows.)
 */
const putPlain = (
  into: Float64Array,
  row: number,
  text: string,
  begin: number,
  after: number,
  skip: number,
): boolean => {
  const end = Math.min(after, begin + keyLength);
  let prefix = 0;
  let filled = -skip;
  for (let at = begin; at < end && filled < prefixLength; at += 1) {
    const unit = text.charCodeAt(at);
    if (filled >= 0 && isOther(unit)) {
      prefix = prefix * 256 + notAscii;
      filled += 1;
      break;
    }
    if (unit >= 0x80 || unit === backslash) return false;
    if (!isDigit(unit)) {
      if (filled >= 0) prefix = prefix * 256 + (unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit);
      filled += 1;
      continue;
    }
    // Digits stand behind how many they are, as in `orderedDigits`.
    while (at < end && text.charCodeAt(at) === zero) at += 1;
    let last = at;
    while (last < end && isDigit(text.charCodeAt(last))) last += 1;
    if (last < end && text.charCodeAt(last) >= 0x80) return false;
    const count = Math.min(last - at, 99);
    if (filled >= 0) prefix = prefix * 256 + zero + Math.floor(count / 10);
    filled += 1;
    if (filled >= 0 && filled < prefixLength) prefix = prefix * 256 + zero + (count % 10);
    filled += 1;
    for (; at < last && filled < prefixLength; at += 1) {
      if (filled >= 0) prefix = prefix * 256 + text.charCodeAt(at);
      filled += 1;
    }
    at = last - 1;
  }
  // A number's length may have been one more than there is place for.
  into[row] = textsFrom + prefix * 256 ** (prefixLength - Math.min(Math.max(filled, 0), prefixLength));
  return true;
};

/** Writes the same of a text. */
const putText = (into: Float64Array, row: number, text: string, place: Place): void => {
  if (place.isWide || !putPlain(into, row, text, 0, text.length, place.skip))
    into[row] = prefixOf(sortKey(text) ?? '', place);
};

/** Writes the same of the text whose quote stands somewhere in JSON, which is not taken out where it is plain. */
export const putLeft = (into: Float64Array, row: number, json: string, from: number, place: Place): void => {
  if (place.isWide || !putPlain(into, row, json, from + 1, endOfText(json, from) - 1, place.skip))
    putText(into, row, textAt(json, from), place);
};

/** Writes the same of a value; -1 for none. */
export const putValue = (into: Float64Array, row: number, value: unknown, place: Place): void => {
  if (typeof value === 'string' && value !== '') putText(into, row, value, place);
  else {
    const key = sortKey(value);
    into[row] = key === null ? -1 : prefixOf(key, place);
  }
};
