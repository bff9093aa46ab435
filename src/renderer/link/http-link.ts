import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../../core/router.ts';

/** Characters that a page may send as it goes away: a browser takes 64 KB, and a character may be three bytes. */
const mostOfLeaving = 20_000;

/**
 * Calls over HTTP, a request each: cancelling one must not cancel its neighbours. The request leaves while the key or click
 * that asks is still being handled; tRPC's own link waits for its headers first, and by then the page would be drawing.
 */
export const httpLink =
  (url: string, headers: () => Record<string, string>): TRPCLink<AppRouter> =>
  () =>
  ({ op: { path, input, signal, context } }) =>
    observable((observer) => {
      const control = new AbortController();
      const abort = () => control.abort();
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
      const answered = async () => {
        const body = input === undefined ? undefined : JSON.stringify(input);
        const response = await fetch(`${url}/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers() },
          ...(body === undefined ? {} : { body }),
          // What a page says as it goes away; browsers refuse more of it.
          keepalive: context.leaving === true && (body?.length ?? 0) < mostOfLeaving,
          signal: control.signal,
        });
        return response.json();
      };
      answered()
        .then((answer: { result: { data: unknown } } | { error: never }) => {
          if ('error' in answer) observer.error(TRPCClientError.from(answer));
          else {
            observer.next({ result: { type: 'data', data: answer.result.data } });
            observer.complete();
          }
        })
        .catch((error: unknown) =>
          observer.error(TRPCClientError.from(error instanceof Error ? error : new Error('no answer'))),
        )
        .finally(() => signal?.removeEventListener('abort', abort));
      return abort;
    });
