import { readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** Bytes read at a time. */
const pieceSize = 1 << 16;

/** The lines of an open file (a descriptor), from its beginning and as far as they are whole. */
export function* linesOf(file: number): Generator<string> {
  const decoder = new StringDecoder('utf8');
  const piece = Buffer.alloc(pieceSize);
  let rest = '';
  let at = 0;
  const read = () => readSync(file, piece, 0, pieceSize, at);
  for (let length = read(); length > 0; length = read()) {
    at += length;
    const lines = (rest + decoder.write(piece.subarray(0, length))).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
