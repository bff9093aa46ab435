const fewest = 4_096;
/** Slots that are looked at for a text: as many are taken in a row only where somebody chose texts for it. */
const mostTries = 64;
const none = -1;

/**
 * Numbers of texts, found again where the texts stand in JSON: of a million rows most have a text that was seen before, and
 * to make each of those takes longer than to find it.
 */
export class SeenTexts {
  /** As they stand in JSON, and what they are numbered. */
  readonly #texts: string[] = [];
  readonly #numbers: number[] = [];
  /** By slot: which text, from 1 on, 0 for none; and its hash. At most half of the slots are taken. */
  #slots = new Uint32Array(fewest);
  #hashes = new Int32Array(fewest);
  /** Of the text that was looked for last: its hash, and the slot where it would stand. */
  #hash = 0;
  #slot = 0;

  /** The number of the text `[begin, end)` of JSON; -1 where it was not seen. */
  find(json: string, begin: number, end: number): number {
    let hash = end - begin;
    for (let at = begin; at < end; at += 1) hash = Math.imul(hash ^ json.charCodeAt(at), 0x01000193);
    // Slots go by the lowest bits, in which the last sign alone would tell.
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    this.#hash = hash;
    for (let tried = 0; tried < mostTries; tried += 1) {
      const slot = (hash + tried) & mask;
      const which = this.#slots[slot] ?? 0;
      this.#slot = slot;
      if (which === 0) return -1;
      if (this.#hashes[slot] === hash && isThere(this.#texts[which - 1] ?? '', json, begin, end))
        return this.#numbers[which - 1] ?? -1;
    }
    this.#slot = none;
    return -1;
  }

  /** Numbers the text that was looked for last, and not found; one that there is no slot for is not seen again. */
  add(text: string, number: number): void {
    if (this.#slot === none) return;
    this.#texts.push(text);
    this.#numbers.push(number);
    this.#slots[this.#slot] = this.#texts.length;
    this.#hashes[this.#slot] = this.#hash;
    if (this.#texts.length * 2 > this.#slots.length) this.#grow();
  }

  #grow() {
    const [slots, hashes] = [this.#slots, this.#hashes];
    const mask = slots.length * 4 - 1;
    this.#slots = new Uint32Array(mask + 1);
    this.#hashes = new Int32Array(mask + 1);
    for (let before = 0; before < slots.length; before += 1) {
      const which = slots[before] ?? 0;
      if (which === 0) continue;
      const hash = hashes[before] ?? 0;
      let slot = hash & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = which;
      this.#hashes[slot] = hash;
    }
  }

  clear(): void {
    this.#texts.length = 0;
    this.#numbers.length = 0;
    this.#slots = new Uint32Array(fewest);
    this.#hashes = new Int32Array(fewest);
  }
}

const isThere = (text: string, json: string, begin: number, end: number): boolean => {
  if (text.length !== end - begin) return false;
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) !== json.charCodeAt(begin + at)) return false;
  return true;
};
