import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Seen } from './id-set.ts';

test('knows of every id what a map would', () => {
  const id = fc.oneof(
    fc.constantFrom('', 'a', 'b', '\ud800', '\ud801', '\ufffd', '김', 'x'.repeat(513), 'x'.repeat(512)),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.integer({ min: 1, max: 3 })), { maxLength: 200 }), (notes) => {
      const seen = new Seen();
      const passes = new Map<string, number>();
      for (const [one, pass] of notes) {
        const last = passes.get(one);
        expect(seen.note(one, pass)).toBe(last === undefined ? 'new' : last === pass ? 'repeated' : 'known');
        passes.set(one, pass);
      }
      expect(seen.size).toBe(passes.size);
      for (const [one, pass] of passes)
        expect([seen.isIn(one, pass), seen.isIn(one, pass + 1)]).toEqual([true, false]);
    }),
  );
});

test('holds many ids of any length, over the edges of its pieces, in their order', () => {
  const seen = new Seen();
  const ids = Array.from({ length: 120_000 }, (_, n) => `${n}${'-'.repeat(n % 40)}`);
  for (const [n, id] of ids.entries()) expect(seen.note(id, 1 + (n % 2))).toBe('new');
  expect(seen.size).toBe(ids.length);
  expect([...seen.of(1)]).toEqual(ids.filter((_, n) => n % 2 === 0));
  expect(ids.every((id, n) => seen.isIn(id, 1 + (n % 2)))).toBe(true);
  expect(seen.isIn('never', 1)).toBe(false);
});
