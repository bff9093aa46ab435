import { unreadable } from './limits.ts';

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** How far a file is looked into for what tells its encoding, bytes. */
const looked = 4_096;

/** Many zeros say UTF-16 or UTF-32 without a mark, or a program; a single one is a wrong character in a cell. */
const hasZeros = (bytes: Uint8Array) => {
  const first = bytes.subarray(0, looked);
  return first.filter((byte) => byte === 0).length > first.length / 8;
};

/** The encoding that a file's first bytes say. Throws `import.unreadable` for what is not text. */
const encodingOf = (first: Uint8Array, name: string): string => {
  const mark = marks.find(({ bytes }) => bytes.every((byte, at) => first[at] === byte));
  if (mark === undefined && hasZeros(first))
    throw unreadable(name, 'it is not UTF-8 text; save it as UTF-8, or as UTF-16 with a byte order mark');
  return mark?.encoding ?? 'utf-8';
};

/** A file's bytes as text: UTF-8, or UTF-16 where a byte order mark says so. Throws `import.unreadable`. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  const decode = (part?: Uint8Array): string => {
    try {
      return (decoder ?? new TextDecoder()).decode(part, { stream: part !== undefined });
    } catch (error) {
      const { encoding } = decoder ?? { encoding: 'utf-8' };
      throw unreadable(name, `it is not ${encoding.toUpperCase()} text; save it as UTF-8`, error);
    }
  };
  for await (const part of bytes) {
    decoder ??= new TextDecoder(encodingOf(part, name), { fatal: true });
    const text = decode(part);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}
