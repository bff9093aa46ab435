import type { PlannedRequest } from '../../shared/change/change.ts';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { answerError, notServer, retryAfterMs, writtenOf } from './answer.ts';
import type { Limiter } from './limiter.ts';
import { type Origin, requestIdOf } from './named.ts';
import { textsOf } from './network.ts';
import { delayBefore, type RetryPolicy } from './retry.ts';
import type { Send } from './send.ts';
import type { TokenSource } from './token.ts';

/**
 * What is known of a write. `unsent`: it never left, or was refused for its token alone. `answered`: the server's answer,
 * a refusal (`error`) included. `unknown`: it may have been carried out (WRITES, "client gone mid-request").
 */
export type Written =
  | { kind: 'unsent'; error: ErrorValue }
  | {
      kind: 'answered';
      status: number;
      body: unknown;
      requestId: string | null;
      error: ErrorValue | null;
    }
  | { kind: 'unknown'; status: number | null; requestId: string | null; error: ErrorValue };

/**
 * Sends one write. Never throws; never repeats what may have been carried out: only what was refused for its token (401) or
 * for the pace (429), before anything was done. A cancel is heeded until the request
 * leaves: from then on its answer is waited for, as it would be carried out all the same.
 */
export type Writer = (request: PlannedRequest, signal?: AbortSignal) => Promise<Written>;

type WriterDeps = {
  profile: Profile;
  send: Send;
  tokens: TokenSource;
  limiter: Limiter;
  origin: Origin;
  retry: RetryPolicy;
  language: () => string;
  clock: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  random: () => number;
};

/** How often a write that is refused for the pace is sent: to wait costs nothing, a refused change a plan more. */
const paceTries = 20;

/**
 * Causes that come also while an answer is waited for: whoever is between changes a byte of it, or the network goes. The
 * server may have carried it out.
 */
const alsoLater = /SSL|EPROTO|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|EHOSTUNREACH|ENETUNREACH/;

/** True of what failed before a request could leave. */
const isUnsent = (error: unknown): boolean =>
  error instanceof DeskError &&
  ((['network.dns', 'network.refused', 'network.tls'].includes(error.code) &&
    !textsOf(error).some((text) => alsoLater.test(text))) ||
    error.code === 'profile.read_only' ||
    error.code.startsWith('token.') ||
    error.code.startsWith('secret.') ||
    error.code.startsWith('keychain.'));

/** A writer for the profile's Management API. */
export const createWriter = (deps: WriterDeps): Writer => {
  const { profile, send, tokens, limiter, language } = deps;
  const once = async (request: PlannedRequest, signal: AbortSignal | undefined, left: () => void) => {
    const token = await tokens.get();
    const waiting = new AbortController();
    const cancel = () => waiting.abort(signal?.reason);
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    const answer = await limiter
      .run(
        () => {
          waiting.signal.throwIfAborted();
          // From here the turn is not handed back either: a queue would answer for the server.
          signal?.removeEventListener('abort', cancel);
          left();
          return send(`${profile.endpoint}${request.path}`, {
            method: request.method,
            headers: {
              authorization: `Bearer ${token}`,
              accept: 'application/json',
              'accept-language': language(),
              ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          });
        },
        'background',
        waiting.signal,
      )
      .finally(() => signal?.removeEventListener('abort', cancel));
    return { token, answer };
  };

  return async (request, signal) => {
    let hasLeft = false;
    try {
      const left = () => {
        hasLeft = true;
      };
      const first = await once(request, signal, left);
      let { answer } = first;
      if (answer.status === 401) {
        // Refused for its token before anything was done: one renewal and one repeat.
        tokens.drop(first.token);
        hasLeft = false;
        ({ answer } = await once(request, signal, left));
      }
      for (let tried = 1; answer.status === 429; tried += 1) {
        const asked = retryAfterMs(answer.headers, deps.clock());
        const delay = delayBefore({ ...deps.retry, tries: paceTries }, tried, true, asked, deps.random());
        if (delay === null) break;
        hasLeft = false;
        await deps.sleep(delay, signal);
        ({ answer } = await once(request, signal, left));
      }
      const { status } = answer;
      const requestId = requestIdOf(answer.headers);
      const isGood = status >= 200 && status < 300;
      const isServer = deps.origin.isServer(answer.headers);
      if (isGood && isServer) {
        const body = writtenOf(status, answer.headers, answer.text);
        return { kind: 'answered', status, body, requestId, error: null };
      }
      const said = isGood ? notServer : answerError;
      const error = errorValueOf(said(status, answer.headers, answer.text));
      // What something on the way refuses, it may have passed on all the same.
      return status >= 500 || !isServer
        ? { kind: 'unknown', status, requestId, error }
        : { kind: 'answered', status, body: null, requestId, error };
    } catch (thrown) {
      if (signal?.aborted && !hasLeft) return { kind: 'unsent', error: { code: 'cancelled', detail: {} } };
      const error = errorValueOf(thrown);
      return !hasLeft || isUnsent(thrown)
        ? { kind: 'unsent', error }
        : { kind: 'unknown', status: null, requestId: null, error };
    }
  };
};
