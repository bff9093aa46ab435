import { DeskError } from '../../shared/errors.ts';
import { textOf } from './body.ts';
import { networkError } from './network.ts';
import { SentCredentials } from './scrub.ts';

/** The part of `fetch` that every door has: undici in Node, `net.fetch` in Electron. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    signal: AbortSignal;
    redirect: 'manual';
  },
) => Promise<{
  status: number;
  ok: boolean;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
}>;

export type Answered = {
  status: number;
  ok: boolean;
  headers: { get(name: string): string | null };
  text: string;
};

export type Sent = { method?: string; headers?: Record<string, string>; body?: string; signal?: AbortSignal };

/** Sends one request and reads its whole answer, or throws a typed `network.*` error; no repeat, no limit. */
export type Send = (url: string, sent: Sent) => Promise<Answered>;

export type TimeLimits = {
  /** Until the answer's headers, ms. */
  answer: number;
  /** Until the answer's end, ms. */
  whole: number;
};

export const defaultLimits: TimeLimits = { answer: 30_000, whole: 90_000 };

/**
 * `Send` over a `fetch`, with time limits. Redirects are not followed: credentials stay with the host they are for. What a
 * server writes back of them, in whatever encoding, is taken out of its text and its headers. Once `ending` is aborted,
 * everything under way is `cancelled`, and nothing is sent any more.
 */
export const sender = (fetch: Fetch, limits: TimeLimits = defaultLimits, ending?: AbortSignal): Send => {
  const sent = new SentCredentials();
  return async (url, { method = 'GET', headers = {}, body, signal }) => {
    const scrub = sent.note(new URL(url).origin, headers);
    const slow = new AbortController();
    const end = () => slow.abort(new DeskError('cancelled'));
    if (ending?.aborted) end();
    // No `AbortSignal.any`: it would keep something of each request until the end.
    ending?.addEventListener('abort', end);
    const stop = (ms: number) =>
      setTimeout(() => slow.abort(new DeskError('network.timeout', { where: new URL(url).host })), ms);
    const answerTimer = stop(limits.answer);
    const wholeTimer = stop(limits.whole);
    let began = false;
    const anyEnd = signal ? AbortSignal.any([signal, slow.signal]) : slow.signal;
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        signal: anyEnd,
        redirect: 'manual',
      });
      clearTimeout(answerTimer);
      began = true;
      return {
        status: response.status,
        ok: response.ok,
        headers: {
          get: (name) => {
            const value = response.headers.get(name);
            return value === null ? null : scrub.text(value);
          },
        },
        text: await scrub.answer(await textOf(response, response.ok, new URL(url).host), anyEnd),
      };
    } catch (error) {
      if (signal?.aborted) throw new DeskError('cancelled');
      throw slow.signal.aborted ? slow.signal.reason : networkError(error, new URL(url).host, began);
    } finally {
      ending?.removeEventListener('abort', end);
      clearTimeout(answerTimer);
      clearTimeout(wholeTimer);
    }
  };
};
