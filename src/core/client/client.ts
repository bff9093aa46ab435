import { createFinalURL } from 'openapi-fetch';
import type { ApiPath } from '../../shared/catalog/paths.ts';
import { DeskError } from '../../shared/errors.ts';
import { mostAtOnce } from '../../shared/limits.ts';
import type { Profile } from '../../shared/profile.ts';
import { answerError, jsonOf, retryAfterMs } from './answer.ts';
import type { Limiter, Priority } from './limiter.ts';
import { isBrokenOff, isPassing } from './network.ts';
import { delayBefore, type RetryPolicy } from './retry.ts';
import type { Answered, Send } from './send.ts';
import type { TokenSource } from './token.ts';

export type ReadOptions = {
  /** Values for the path's parameters, by name. */
  path?: Readonly<Record<string, string>>;
  params?: readonly (readonly [string, string])[];
  signal?: AbortSignal;
  priority?: Priority;
  /** Tries in all; absent: the policy’s. Of 1, a connection that was cut is none. */
  tries?: number;
  /** True for a list that some servers give all at once, whatever page is asked for. */
  mayBeWhole?: boolean;
  /** Of an answer that the caller has: it is not given again while it holds. */
  etag?: string;
};

export type ReadAnswer = {
  body: unknown;
  headers: { get(name: string): string | null };
  /** The answer of the given `etag` holds; there is no body. */
  unchanged?: boolean;
};

/** Reads from one tenant's Management API: typed paths, a token, a turn, repeats where they help. */
export type ApiReader = { read(path: ApiPath, options?: ReadOptions): Promise<ReadAnswer> };

export type ApiDeps = {
  profile: Profile;
  send: Send;
  tokens: TokenSource;
  limiter: Limiter;
  retry: RetryPolicy;
  /** BCP 47 tag for `Accept-Language`. */
  language: () => string;
  clock: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  random: () => number;
};

/** Rows that were asked for: a page of a size, or all that there are. */
const mostRowsOf = ({ params = [], mayBeWhole = false }: ReadOptions): number => {
  const size = mayBeWhole ? undefined : params.find(([name]) => name === 'page_size');
  return size ? Number(size[1]) : mostAtOnce;
};

/** A reader for the profile's Management API. Every error is a `DeskError`. */
export const createApiReader = (deps: ApiDeps): ApiReader => {
  const attempt = async (
    url: string,
    { signal, priority = 'visible', etag }: ReadOptions,
  ): Promise<Answered> => {
    const once = async () => {
      const token = await deps.tokens.get();
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'accept-language': deps.language(),
        // What a cache on the way has is not what is there: changes are held against it.
        'cache-control': 'no-cache',
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      };
      const sent = { headers, ...(signal ? { signal } : {}) };
      const answer = await deps.limiter.run(() => deps.send(url, sent), priority, signal);
      return { token, answer };
    };
    const first = await once();
    if (first.answer.status !== 401) return first.answer;
    // One renewal and one repeat: a second 401 is the answer.
    deps.tokens.drop(first.token);
    return (await once()).answer;
  };

  const patient = async (url: string, options: ReadOptions): Promise<Answered> => {
    const policy = { ...deps.retry, tries: options.tries ?? deps.retry.tries };
    let broken = 0;
    for (let tried = 1; ; tried += 1) {
      const [answer, thrown] = await attempt(url, options).then(
        (value) => [value, null] as const,
        (error: unknown) => [null, error] as const,
      );
      if (options.signal?.aborted) throw new DeskError('cancelled');
      if (answer?.ok || (answer?.status === 304 && options.etag !== undefined)) return answer;
      const error = answer ? answerError(answer.status, answer.headers, answer.text) : thrown;
      if (!(error instanceof DeskError)) throw error;
      // Once asked is once heard: a kept connection that the server closed meanwhile brings nothing to it.
      if (options.tries === 1 && tried === 1 && error.code === 'network.interrupted') continue;
      // A long job waits for a network to come back; where answers begin and break off again and again, it is there.
      broken = isBrokenOff(error) ? broken + 1 : 0;
      if (broken >= deps.retry.tries) throw error;
      const asked = answer ? retryAfterMs(answer.headers, deps.clock()) : null;
      const delay = delayBefore(policy, tried, isPassing(error), asked, deps.random());
      if (delay === null) throw error;
      await deps.sleep(delay, options.signal);
    }
  };

  return {
    async read(path, options = {}) {
      const address = createFinalURL(path, {
        baseUrl: deps.profile.endpoint,
        params: { path: { ...options.path } },
        // Parameters keep their order and their repeats (FACTS pagination 2).
        querySerializer: () =>
          new URLSearchParams(
            [...(options.params ?? [])].map(([key, value]): [string, string] => [key, value]),
          ).toString(),
      });
      const { status, headers, text } = await patient(new URL(address).href, options);
      if (status === 304) return { body: null, headers, unchanged: true };
      return { body: jsonOf(status, headers, text, mostRowsOf(options)), headers };
    },
  };
};
