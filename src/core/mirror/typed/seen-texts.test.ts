import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenTexts } from './seen-texts.ts';
import { crowdedTexts } from './testing.ts';

/** The number that each text of a list has, where each new one is given the next. */
const numbersOf = (texts: readonly string[]): number[] => {
  const seen = new SeenTexts();
  let next = 0;
  return texts.map((text) => {
    const json = `[${text},${text}]`;
    const known = seen.find(json, text.length + 2, json.length - 1);
    if (known >= 0) return known;
    seen.add(text, next);
    next += 1;
    return next - 1;
  });
};

test('a text that comes again has the number that it was given, and no other has it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\u0000', 'é', '김'), maxLength: 5 })),
      (texts) => {
        const given = new Map([...new Set(texts)].map((text, number) => [text, number]));
        expect(numbersOf(texts)).toEqual(texts.map((text) => given.get(text)));
      },
    ),
  );
});

test('it grows with them, and forgets them', () => {
  const texts = Array.from({ length: 20_000 }, (_, at) => `203.0.${at >> 8}.${at & 255}`);
  expect(numbersOf([...texts, ...texts])).toEqual([...texts.keys(), ...texts.keys()]);
  const seen = new SeenTexts();
  expect(seen.find('abc', 0, 3)).toBe(-1);
  seen.add('abc', 7);
  expect(seen.find('abc', 0, 3)).toBe(7);
  expect(seen.find('abc', 0, 2)).toBe(-1);
  seen.clear();
  expect(seen.find('abc', 0, 3)).toBe(-1);
});

test('of texts that somebody chose for one place some are new each time, and none is another', () => {
  const texts = crowdedTexts(70);
  const numbers = numbersOf([...texts, ...texts]);
  const [first, again] = [numbers.slice(0, texts.length), numbers.slice(texts.length)];
  expect(first).toEqual([...texts.keys()]);
  const seen = again.filter((number, at) => number === first[at]);
  expect(seen).toHaveLength(64);
  expect(new Set(numbers).size).toBe(2 * texts.length - seen.length);
});
