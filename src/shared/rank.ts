import { isInPhone, isPhone, typedPhone } from './phone.ts';

/** How well a text fits, the best first: all of a value, its beginning, a word of it, or any part of it. */
export const ranks = { exact: 0, prefix: 1, word: 2, part: 3, other: 4 } as const;

const folded = (text: string) => text.normalize('NFC').toLowerCase();

/** True where a word of a value begins with it. */
const beginsWord = (value: string, piece: string): boolean => {
  for (let at = value.indexOf(piece); at >= 0; at = value.indexOf(piece, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(value[at - 1] ?? '')) return true;
  return false;
};

const rankIn = (value: string, text: string): number | null => {
  if (value === text) return ranks.exact;
  if (value.startsWith(text)) return ranks.prefix;
  if (beginsWord(value, text)) return ranks.word;
  return value.includes(text) ? ranks.part : null;
};

/**
 * How well what was typed fits values, the best of them (`ranks`); null where it is in none. Words in any order and in
 * several values fit as parts; a phone fits in any writing.
 */
export const rankOf = (typed: string, values: readonly string[]): number | null => {
  const text = folded(typed.trim());
  if (text === '') return ranks.other;
  const all = values.filter(Boolean).map(folded);
  const found = all.flatMap((value) => rankIn(value, text) ?? []);
  const phone = typedPhone(typed, 5);
  if (phone) {
    if (all.some((value) => /^\+?\d+$/.test(value) && isPhone(value, phone))) return ranks.exact;
    if (all.some((value) => /^\+?\d+$/.test(value) && isInPhone(value, phone))) found.push(ranks.part);
  }
  if (found.length > 0) return Math.min(...found);
  const words = text.split(/\s+/);
  return words.length > 1 && words.every((word) => all.some((value) => value.includes(word)))
    ? ranks.part
    : null;
};
