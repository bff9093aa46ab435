/** Deterministic pseudo-random numbers: the same seed and index give the same data on every start. */

/** A 32-bit hash of two integers (finalizer of MurmurHash3). */
export const hash = (seed: number, index: number): number => {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 0x7f4a7c15, 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** An integer from 0 to below `bound`. */
export const below = (bound: number, seed: number, index: number): number => hash(seed, index) % bound;

export const pick = <T>(items: readonly T[], seed: number, index: number): T =>
  items[below(items.length, seed, index)] as T;

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id as Logto makes them: `length` characters of 0–9 and a–z. */
export const idText = (length: number, seed: number, index: number): string => {
  let text = '';
  for (let i = 0; i < length; i += 1) text += alphabet[below(36, seed * 31 + i, index)];
  return text;
};
