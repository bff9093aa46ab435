import { createHash } from 'node:crypto';

/** The `ETag` of a body's text, as the server makes it: its length and a hash of it. */
export const etagOf = (text: string): string => {
  const hash = createHash('sha1').update(text).digest('base64').slice(0, 27);
  return `"${Buffer.byteLength(text).toString(16)}-${hash}"`;
};
