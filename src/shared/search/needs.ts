import { typedPhone } from '../phone.ts';
import { unicodeForms } from './wanted.ts';

/** One thing that has to be in a text: any of the ways to write it, each of which is pieces that all have to be there. */
export type Need = readonly (readonly string[])[];

/** Digits with what people write between them, as much of it as one phone may have. */
const phoneIn =
  /(?<![\p{L}\p{N}@._+])(?:\+|\()?\d(?:[\s()./\-\u2010-\u2015]{0,3}\d){6,16}(?![\p{L}\p{N}@_])/gu;

const wordsIn = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * What a text asks for: every word of it, in either Unicode form; what is written like a phone may as well be its digits.
 * Without case.
 */
export const needsOf = (text: string): Need[] => {
  const needs: Need[] = [];
  const typed = text.normalize('NFC').toLowerCase();
  const rest = typed.replace(phoneIn, (written) => {
    const phone = typedPhone(written);
    if (!phone || phone.kind === 'plain') return written;
    needs.push([[phone.digits], wordsIn(written)]);
    return ' ';
  });
  for (const word of wordsIn(rest)) needs.push(unicodeForms(word).map((form) => [form]));
  return needs;
};

/** True when a text, without case and composed, has all that is needed. */
export const hasAll = (needs: readonly Need[], text: string): boolean =>
  needs.every((need) =>
    need.some((pieces) => pieces.every((piece) => text.includes(piece.normalize('NFC')))),
  );
