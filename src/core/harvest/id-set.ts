import { hash, randomInt } from 'node:crypto';

/** Bytes of one piece of the arena, and of its first one: most lists are short. */
const pieceSize = 1 << 20;
const firstSize = 1 << 14;
/** Largest share of the table that is taken before it is made larger. */
const fullest = 0.6;
/** Bytes before an id in the arena: its length (two), and the pass that met it last. */
const headSize = 3;
/** Characters of an id that is kept as it is. */
const longestId = 512;

/** A large buffer has pages of its own: what is freed of it is the system's at once. That costs too much for small ones. */
const paged = (bytes: number) =>
  bytes > firstSize ? new ArrayBuffer(bytes, { maxByteLength: bytes }) : new ArrayBuffer(bytes);
const freed = (buffer: ArrayBuffer) => {
  if (buffer.resizable) buffer.resize(0);
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Ids met so far, each with the last pass that met it (1 to 255). A million ids of 21 characters take about 40 MB: they lie
 * one after the other in bytes, found by a table of places. To be freed when it has served.
 */
export class Seen {
  #pieces = [new Uint8Array(paged(firstSize))];
  /** Bytes taken of the last piece. */
  #taken = 0;
  /** Places in the arena, from 1; 0 where nothing is. */
  #table = new Uint32Array(paged(4 << 12));
  #size = 0;
  readonly #scratch = new Uint8Array(longestId * 3);
  /** A server cannot choose ids that all fall on one place of the table. */
  readonly #seed = randomInt(2 ** 31);
  /** Rows met more than once in one pass. */
  repeated = 0;

  get size(): number {
    return this.#size;
  }

  /** Notes a row: whether no pass met it before, an earlier one, or this one already. */
  note(id: string, pass: number): 'new' | 'known' | 'repeated' {
    const length = this.#encode(id);
    const slot = this.#slotOf(length);
    const place = this.#table[slot] ?? 0;
    if (place !== 0) {
      const { piece, at } = this.#locate(place);
      const last = piece[at + 2];
      piece[at + 2] = pass;
      return last === pass ? 'repeated' : 'known';
    }
    this.#table[slot] = this.#append(length, pass);
    this.#size += 1;
    if (this.#size > this.#table.length * fullest) this.#grow();
    return 'new';
  }

  isIn(id: string, pass: number): boolean {
    const place = this.#table[this.#slotOf(this.#encode(id))] ?? 0;
    if (place === 0) return false;
    const { piece, at } = this.#locate(place);
    return piece[at + 2] === pass;
  }

  /** Ids that a pass met. */
  *of(pass: number): Generator<string> {
    for (const { piece, at } of this.#entries()) {
      const length = (piece[at] ?? 0) * 256 + (piece[at + 1] ?? 0);
      if (piece[at + 2] === pass) yield decoder.decode(piece.subarray(at + headSize, at + headSize + length));
    }
  }

  /** Gives its memory back; nothing can be asked of it any more. */
  free(): void {
    for (const { buffer } of [...this.#pieces, this.#table]) freed(buffer);
    this.#pieces = [];
    this.#table = new Uint32Array(paged(0));
  }

  /** The id's bytes in the scratch; their number. */
  #encode(id: string): number {
    // What no Logto has, ids of any length or with halves of characters, is known by its hash.
    const kept = id.length <= longestId && id.isWellFormed() ? id : hash('sha256', JSON.stringify(id));
    return encoder.encodeInto(kept, this.#scratch).written;
  }

  /** FNV-1a of the scratch's first bytes. */
  #hashOf(bytes: Uint8Array, from: number, length: number): number {
    let sum = this.#seed;
    for (let n = from; n < from + length; n += 1) sum = Math.imul(sum ^ (bytes[n] ?? 0), 0x0100_0193);
    sum ^= sum >>> 15;
    return sum >>> 0;
  }

  #locate(place: number): { piece: Uint8Array; at: number } {
    const at = place - 1;
    return { piece: this.#pieces[Math.floor(at / pieceSize)] as Uint8Array, at: at % pieceSize };
  }

  /** Where the scratch's id is in the table, or would be. */
  #slotOf(length: number): number {
    const mask = this.#table.length - 1;
    for (let slot = this.#hashOf(this.#scratch, 0, length) & mask; ; slot = (slot + 1) & mask) {
      const place = this.#table[slot] ?? 0;
      if (place === 0 || this.#is(place, length)) return slot;
    }
  }

  #is(place: number, length: number): boolean {
    const { piece, at } = this.#locate(place);
    if ((piece[at] ?? 0) * 256 + (piece[at + 1] ?? 0) !== length) return false;
    for (let n = 0; n < length; n += 1) if (piece[at + headSize + n] !== this.#scratch[n]) return false;
    return true;
  }

  /** Puts the scratch's id at the arena's end; its place. */
  #append(length: number, pass: number): number {
    const needed = headSize + length;
    if (this.#taken + needed > (this.#pieces.at(-1)?.length ?? 0)) {
      this.#pieces.push(new Uint8Array(paged(pieceSize)));
      this.#taken = 0;
    }
    const piece = this.#pieces.at(-1) as Uint8Array;
    const at = this.#taken;
    piece[at] = length >> 8;
    piece[at + 1] = length & 255;
    piece[at + 2] = pass;
    piece.set(this.#scratch.subarray(0, length), at + headSize);
    this.#taken += needed;
    return (this.#pieces.length - 1) * pieceSize + at + 1;
  }

  *#entries(): Generator<{ piece: Uint8Array; at: number; place: number }> {
    for (const [n, piece] of this.#pieces.entries()) {
      const end = piece === this.#pieces.at(-1) ? this.#taken : piece.length - headSize;
      // A pass of 0 is the empty rest of a piece.
      for (let at = 0; at < end && piece[at + 2] !== 0; ) {
        yield { piece, at, place: n * pieceSize + at + 1 };
        at += headSize + (piece[at] ?? 0) * 256 + (piece[at + 1] ?? 0);
      }
    }
  }

  #grow() {
    const table = new Uint32Array(paged(this.#table.byteLength * 2));
    const mask = table.length - 1;
    for (const { piece, at, place } of this.#entries()) {
      const length = (piece[at] ?? 0) * 256 + (piece[at + 1] ?? 0);
      let slot = this.#hashOf(piece, at + headSize, length) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = place;
    }
    freed(this.#table.buffer);
    this.#table = table;
  }
}
