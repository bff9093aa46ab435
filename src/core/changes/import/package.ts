import type { FileHandle } from 'node:fs/promises';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { limits, tooLarge, unreadable } from './limits.ts';
import { textOf } from './text.ts';

/** The parts of an Excel file, by path. */
export type Package = {
  has(path: string): boolean;
  /**
   * A part's text, unpacked as it is read; `most`: bytes it may have then. Throws `import.unreadable` where there is none,
   * `import.too_large`.
   */
  text(path: string, most?: number): AsyncGenerator<string>;
};

/** More parts than a workbook of many sheets has. */
const mostParts = 10_000;

/** What unpacks to far more than it is worth: made to fill memory or disk. */
const refuseBomb = ({ compressedSize, uncompressedSize }: Entry, name: string, most: number): void => {
  const isLarge = uncompressedSize > most;
  const isBomb = uncompressedSize > 10 << 20 && uncompressedSize > compressedSize * limits.ratio;
  if (isLarge || isBomb) throw tooLarge(name, 'unpacked, it is far larger than any list of users');
};

/** Opens an Excel file, a ZIP of XML. Throws `import.unreadable`. */
export const openPackage = async (file: FileHandle, name: string): Promise<Package> => {
  const entries = new Map<string, Entry>();
  const damaged = (error: unknown) =>
    unreadable(name, 'it is not an Excel file (.xlsx), or is damaged', error);
  let zip: ZipFile;
  try {
    zip = await fromFdPromise(file.fd, { autoClose: false, lazyEntries: true });
    if (zip.entryCount > mostParts) throw new Error('it has too many parts');
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    throw damaged(error);
  }
  return {
    has: (path) => entries.has(path),
    async *text(path, most = limits.unpacked) {
      const entry = entries.get(path);
      if (!entry) throw unreadable(name, `it is not an Excel file (.xlsx): it has no ${path}`);
      refuseBomb(entry, name, most);
      if (entry.isEncrypted()) throw unreadable(name, 'it is encrypted');
      try {
        yield* textOf(await zip.openReadStreamPromise(entry), name);
      } catch (error) {
        throw damaged(error);
      }
    },
  };
};
