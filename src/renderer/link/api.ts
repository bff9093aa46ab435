import { createTRPCClient, splitLink, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../../core/router.ts';
import { type ErrorValue, isErrorValue } from '../../shared/errors.ts';
import type { LinkAnswer, LinkBridge } from '../../shared/link.ts';
import { httpLink } from './http-link.ts';
import { pageKey, pageKeyHeader } from './page-key.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser. */
    desk?: LinkBridge;
  }
}

type Listener = (answer: LinkAnswer) => void;

/** Calls over IPC: each has a number, by which its answers find their way back. */
const ipcLink = (bridge: LinkBridge): TRPCLink<AppRouter> => {
  const waiting = new Map<number, Listener>();
  let last = 0;
  bridge.onAnswer((answer) => waiting.get(answer.id)?.(answer));
  return () =>
    ({ op }) =>
      observable((observer) => {
        last += 1;
        const id = last;
        waiting.set(id, (answer) => {
          if (answer.type === 'data') observer.next({ result: { type: 'data', data: answer.data } });
          if (answer.type === 'error') observer.error(TRPCClientError.from({ error: answer.error }));
          if (answer.type === 'done') observer.complete();
          if (answer.type !== 'data') waiting.delete(id);
        });
        bridge.send({ type: op.type, id, path: op.path, input: op.input });
        const cancel = () => {
          if (waiting.delete(id)) bridge.send({ type: 'cancel', id });
        };
        op.signal?.addEventListener('abort', () => {
          cancel();
          observer.error(TRPCClientError.from(new DOMException('Aborted', 'AbortError')));
        });
        return cancel;
      });
};

/** Subscriptions in a browser; what reads them is loaded beside what is drawn first. */
const subscriptionLink =
  (url: string, headers: () => Record<string, string>): TRPCLink<AppRouter> =>
  (runtime) => {
    const loaded = import('./subscriptions').then(({ subscriptions }) =>
      subscriptions(url, headers)(runtime),
    );
    return (asked) =>
      observable((observer) => {
        let ended = false;
        let running: { unsubscribe(): void } | undefined;
        loaded.then(
          (link) => {
            if (!ended) running = link(asked).subscribe(observer);
          },
          (error: unknown) =>
            observer.error(TRPCClientError.from(error instanceof Error ? error : new Error('not loaded'))),
        );
        return () => {
          ended = true;
          running?.unsubscribe();
        };
      });
  };

const httpLinks = (): TRPCLink<AppRouter> => {
  const url = `${window.location.origin}/trpc`;
  const headers = () => ({ [pageKeyHeader]: pageKey() });
  return splitLink({
    condition: ({ type }) => type === 'subscription',
    true: subscriptionLink(url, headers),
    false: httpLink(url, headers),
  });
};

/** The contract, over IPC in the desktop, over HTTP in a browser. */
export const api = createTRPCClient<AppRouter>({
  links: [window.desk ? ipcLink(window.desk) : httpLinks()],
});

/** The typed error of a failed call; a door that does not answer at all is a broken connection to it. */
export const errorOf = (error: unknown): ErrorValue => {
  if (error instanceof TRPCClientError) {
    const desk: unknown = error.data?.desk;
    if (isErrorValue(desk)) return desk;
    if (error.cause?.name === 'AbortError') return { code: 'cancelled', detail: {} };
    return { code: 'network.interrupted', detail: { where: 'Logto Desk' } };
  }
  return isErrorValue(error) ? error : { code: 'internal', detail: {} };
};
