import { createHash } from 'node:crypto';

/** The `ETag` of a body, as the server makes it: its length and a hash of it. */
export const etagOf = (body: unknown): string => {
  const text = JSON.stringify(body);
  const hash = createHash('sha1').update(text).digest('base64').slice(0, 27);
  return `"${Buffer.byteLength(text).toString(16)}-${hash}"`;
};
