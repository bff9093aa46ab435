import { DeskError, type ErrorCode } from '../../shared/errors.ts';
import { isTooLarge } from './size.ts';

const codeOf = (status: number): ErrorCode => {
  if (status >= 300 && status < 400) return 'network.redirected';
  if (status === 401) return 'http.unauthorized';
  if (status === 403) return 'http.forbidden';
  if (status === 404) return 'http.not_found';
  if (status === 405 || status === 501) return 'http.not_offered';
  if (status === 429) return 'http.rate_limited';
  if (status >= 500) return 'http.server';
  if (status === 400 || status === 422) return 'http.bad_request';
  return 'http.unexpected';
};

/** One readable line of an HTML or plain-text body: its title, else its text, at most 200 characters. */
const readableLine = (whole: string): string => {
  const text = whole.slice(0, 20_000);
  // What does not end takes the rest, so that no text is gone through again from each of its signs.
  const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  const plain = title ?? text.replace(/<(script|style)[\s\S]*?(?:<\/\1>|$)/gi, ' ').replace(/<[^<>]*>/g, ' ');
  return plain.replace(/\s+/g, ' ').trim().slice(0, 200);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const textField = (body: unknown, name: string): string | undefined => {
  if (typeof body !== 'object' || body === null || !(name in body)) return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined;
};

/** An address without what may be a credential in it. */
const addressOnly = (location: string): string =>
  location
    .replace(/[?#].*$/, '')
    .replace(/\/\/[^/@]*@/, '//')
    .slice(0, 300);

/** Levels of nesting that are kept; no field of the API has a dozen. */
const deepest = 100;

const nestsDeeper = (value: unknown, than: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return than === 0 || Object.values(value).some((inner) => nestsDeeper(inner, than - 1));
};

const cutAt = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[nested too deeply]';
  if (Array.isArray(value)) return value.map((inner) => cutAt(inner, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutAt(inner, depth - 1)]));
};

/** The value without what nests deeper than any field does: it would overflow whoever writes it out. */
const bounded = (value: unknown): unknown => (nestsDeeper(value, deepest) ? cutAt(value, deepest) : value);

type Headers = { get(name: string): string | null };

const isHtml = (text: string): boolean => /^\s*</.test(text);

/** Who says that it answered, as far as it says: the line of its page, and its software (`Server`). */
export const whoAnswered = (headers: Headers, text: string): string => {
  const server = headers.get('server')?.replace(/\s+/g, ' ').trim().slice(0, 100);
  return [readableLine(text), server ? `answered by ${server}` : ''].filter(Boolean).join('; ');
};

/**
 * True for a refusal that Logto does not word: its own have a code in JSON (FACTS errors), OAuth's an `error` of its
 * list. What asks for a login, and is neither, says nothing of the app and its roles.
 */
const isForeign = (status: number, headers: Headers, text: string, body: unknown): boolean => {
  // Gateways answer in HTML when what is behind them fails, or is asked too much: their status is what counts.
  if (isHtml(text)) return status < 500 && status !== 429 && (status < 300 || status >= 400);
  if (headers.get('logto-core-request-id')) return false;
  const isRefusal = status === 401 || status === 403;
  return isRefusal && !textField(body, 'code') && !/^[a-z_]+$/.test(textField(body, 'error') ?? '');
};

/** The typed error of an answer outside 200–299 (FACTS errors: JSON with and without `code`, plain text, HTML). */
export const answerError = (status: number, headers: Headers, text: string): DeskError => {
  const body = parsed(text);
  const requestId = headers.get('logto-core-request-id') ?? undefined;
  const location = headers.get('location');
  const foreign = isForeign(status, headers, text, body);
  const reason = foreign
    ? whoAnswered(headers, textField(body, 'message') ?? text)
    : (textField(body, 'message') ??
      (location ? `redirected to ${addressOnly(location)}` : readableLine(text)));
  const serverCode = textField(body, 'code');
  return new DeskError(foreign ? 'http.unreadable' : codeOf(status), {
    status,
    ...(reason ? { reason } : {}),
    ...(requestId ? { requestId } : {}),
    ...(serverCode ? { serverCode } : {}),
  });
};

/** The error of a good answer that is not the server's. */
export const notServer = (status: number, headers: Headers, text: string): DeskError =>
  new DeskError('http.unreadable', { status, reason: whoAnswered(headers, text) });

/**
 * The JSON of a good answer. Throws `http.unreadable` for anything else, with status, request id and a readable line; also
 * for a list of more than `mostRows`, which is told before it is parsed.
 */
export const jsonOf = (
  status: number,
  headers: Headers,
  text: string,
  mostRows = Number.POSITIVE_INFINITY,
): unknown => {
  const tooLarge = isTooLarge(text, mostRows);
  const body = tooLarge ? undefined : text === '' ? null : parsed(text);
  if (body !== undefined) return bounded(body);
  const requestId = headers.get('logto-core-request-id');
  throw new DeskError('http.unreadable', {
    status,
    reason: tooLarge ? 'the answer has more in it than was asked for' : whoAnswered(headers, text),
    ...(requestId ? { requestId } : {}),
  });
};

/** Good answers to writes, each with the word that some routes have as its text (WRITES). */
const written: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 204: '' };

/**
 * What a good answer to a write holds: JSON, or null for none and for its status’ own word. Throws `http.unreadable` for
 * anything else, such as a page, a text, JSON that is cut off, or a status that Logto does not have: something on the way
 * answered, or changed what did, and whether the server heard of it nobody said.
 */
export const writtenOf = (status: number, headers: Headers, text: string): unknown => {
  const word = written[status];
  if (word === undefined) throw notServer(status, headers, text);
  return text === '' || text.trim() === word ? null : jsonOf(status, headers, text);
};

/** `Retry-After` in ms: seconds or a date; null when absent or unreadable. `now` in unix ms. */
export const retryAfterMs = (headers: Headers, now: number): number | null => {
  const text = headers.get('retry-after');
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isFinite(date) ? Math.max(0, date - now) : null;
};
