import { createHash } from 'node:crypto';

/** Counts bytes and takes their SHA-256 on their way. */
export const tally = () => {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(part: string | Uint8Array) {
      hash.update(part);
      bytes += typeof part === 'string' ? Buffer.byteLength(part) : part.byteLength;
    },
    get bytes() {
      return bytes;
    },
    /** Ends it. */
    sum: () => ({ bytes, sha256: hash.digest('hex') }),
  };
};
