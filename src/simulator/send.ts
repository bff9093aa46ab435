import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer, Asked } from './answer.ts';
import { etagOf } from './etag.ts';
import type { Fault } from './faults.ts';

const zipped = promisify(gzip);
/** Bodies that were compressed, by their `ETag`: servers of the same data in one process answer the same. */
const zippedBefore = new Map<string, Buffer>();
/** How many of them are kept: of all that a copy of a tenant reads. */
const mostZipped = 1_000;

/** What a read that succeeded carries, so that whoever has it already is told so. No write carries one. */
export const tagged = (asked: Asked, answer: Answer, text: string): Answer => {
  if (asked.method !== 'GET' || answer.status !== 200 || answer.body === undefined) return answer;
  const etag = answer.headers?.etag ?? etagOf(text);
  return asked.headers['if-none-match'] === etag
    ? { status: 304, headers: { etag } }
    : { ...answer, headers: { ...answer.headers, etag } };
};

/** A body, compressed; `etag` of its text where it has one. */
const zippedOf = async (plain: Buffer, etag: string | undefined): Promise<Buffer> => {
  const before = etag && zippedBefore.get(etag);
  if (before) return before;
  const body = await zipped(plain, { level: 1 });
  if (etag) {
    if (zippedBefore.size >= mostZipped) zippedBefore.clear();
    zippedBefore.set(etag, body);
  }
  return body;
};

/** Sends an answer with its body, as the fault has it. */
export const send = async (
  response: ServerResponse,
  answer: Answer,
  { text, fault, isZipped }: { text: string; fault: Fault | undefined; isZipped: boolean },
) => {
  const isJson = answer.body !== undefined;
  const plain = Buffer.from(answer.status === 304 ? '' : text);
  const zip = isZipped && plain.length > 1024 && !fault;
  const body = zip ? await zippedOf(plain, answer.headers?.etag) : plain;
  response.statusCode = answer.status;
  response.setHeader('logto-core-request-id', randomBytes(12).toString('base64url'));
  if (body.length)
    response.setHeader(
      'content-type',
      isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    );
  if (zip) response.setHeader('content-encoding', 'gzip');
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', body.length);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (fault?.kind === 'half') {
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
    return;
  }
  if (fault?.kind === 'slow') {
    const step = Math.max(1, Math.ceil(body.length / 10));
    for (let at = 0; at < body.length && !response.destroyed; at += step) {
      response.write(body.subarray(at, at + step));
      await new Promise((resolve) => setTimeout(resolve, fault.ms / 10));
    }
    response.end();
    return;
  }
  response.end(body);
};
