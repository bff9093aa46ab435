import { httpSubscriptionLink, type TRPCLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '../../core/router.ts';

/** Subscriptions over server-sent events, with headers: the browser's own reader sends none. */
export const subscriptions = (url: string, headers: () => Record<string, string>): TRPCLink<AppRouter> =>
  httpSubscriptionLink({
    url,
    EventSource,
    eventSourceOptions: {
      fetch: (address, init) => fetch(address, { ...init, headers: { ...init.headers, ...headers() } }),
    },
  });
