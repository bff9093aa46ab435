import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Counts bytes and takes their SHA-256 on their way. */
export const runningChecksum = () => {
  const hash = createHash('sha256');
  let bytes = 0;
  const add = (part: string | Uint8Array) => {
    hash.update(part);
    bytes += typeof part === 'string' ? Buffer.byteLength(part) : part.byteLength;
  };
  return {
    add,
    /** All that an open file (a descriptor) has. */
    async addFile(file: number) {
      const all = createReadStream('', { fd: file, start: 0, autoClose: false });
      for await (const part of all) add(part as Buffer);
    },
    get bytes() {
      return bytes;
    },
    /** The SHA-256 so far. */
    get sha256() {
      return hash.copy().digest('hex');
    },
    /** Ends it. */
    sum: () => ({ bytes, sha256: hash.digest('hex') }),
  };
};
