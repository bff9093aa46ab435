import { DeskError } from '../../shared/errors.ts';

/** A body as `fetch` gives it. */
export type Body = { body: AsyncIterable<Uint8Array> | null };

/** Largest answer that is read, bytes; a page of 100 rows is some 36 kB (FACTS cost). */
export const largestBody = 64_000_000;

/** Bytes that are read of an answer that is none: of its text a line is shown. */
const largestRefusal = 64_000;

/** The beginning of a body. */
const beginningOf = async ({ body }: Body, most: number): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    parts.push(part);
    size += part.byteLength;
    // Leaving the loop cancels the stream.
    if (size >= most) break;
  }
  return Buffer.concat(parts).subarray(0, most);
};

/** The whole body, at most so many bytes. Throws `http.unreadable` for a longer one. */
export const bytesOf = async ({ body }: Body, most: number, where: string): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    // Leaving the loop cancels the stream.
    if (size > most)
      throw new DeskError('http.unreadable', { where, reason: `the answer is larger than ${most} bytes` });
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/**
 * The whole body as text. A good answer has to be UTF-8, else names would be kept wrong in silence; the page of some
 * firewall may be anything, of which the beginning is read. Throws `http.unreadable` for other bytes, and for a body that does not end.
 */
export const textOf = async (body: Body, isGood: boolean, where: string): Promise<string> => {
  const bytes = isGood ? await bytesOf(body, largestBody, where) : await beginningOf(body, largestRefusal);
  try {
    return new TextDecoder('utf-8', { fatal: isGood }).decode(bytes);
  } catch {
    throw new DeskError('http.unreadable', { where, reason: 'the answer is not UTF-8' });
  }
};
