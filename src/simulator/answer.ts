import type { IncomingHttpHeaders } from 'node:http';
import { languageOf, type MessageCode, messageOf } from './messages.ts';

/** What a route answers: a status, headers and a JSON body (or plain text, or nothing). */
export type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string;
  /** What hooks are told once the answer is out. */
  fires?: readonly Fired[];
  /** Rows of a bulk array, each of which holds up the whole server (WRITES, bulk). */
  bulk?: number;
};

/** An event of a write; `more` stands in the payload beside `data`. */
export type Fired = { event: string; data: unknown; more?: Record<string, unknown> };

/** A request as routes see it; `path` without the `/api` in front. */
export type Asked = {
  method: string;
  /** Path below the server's base, with `/api`. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** The server's own base URL. */
  origin: string;
};

export const json = (body: unknown, status = 200): Answer => ({ status, body });
export const noContent: Answer = { status: 204 };
export const plainNotFound: Answer = { status: 404, text: 'Not Found' };
export const methodNotAllowed: Answer = { status: 405, text: 'Method Not Allowed' };

export const serverError = json({ message: 'Internal server error.' }, 500);

/** An error body in the caller's language; `fill` is what its message names. */
export const failure = (
  asked: Asked,
  status: number,
  code: MessageCode,
  data?: unknown,
  fill?: Readonly<Record<string, string>>,
): Answer =>
  json(
    {
      code,
      ...(data === undefined ? {} : { data }),
      message: messageOf(code, languageOf(asked.headers['accept-language']), fill),
    },
    status,
  );

export const missingEntity = (asked: Asked) => failure(asked, 404, 'entity.not_found');

/** 404 of a lookup by id in a named table. */
export const missingId = (table: string, id: string): Answer =>
  json({ code: 'entity.not_exists_with_id', message: `The ${table} with ID \`${id}\` does not exist.` }, 404);

export const invalidInput = (reason: string): Answer =>
  json({ code: 'request.invalid_input', data: {}, message: `Input is invalid. ${reason}` }, 400);
