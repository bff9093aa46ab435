import { notifyManager, QueryClient } from '@tanstack/react-query';

// What was chosen is drawn in the frame of the click: a box that waits for a timer springs back for as long.
notifyManager.setScheduler(queueMicrotask);

/** What the page was answered, as long as it counts. */
export const queries = new QueryClient({
  defaultOptions: {
    // The core repeats what a repeat can help; here a failure is shown at once, with its reason.
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      staleTime: 30_000,
    },
    mutations: { networkMode: 'always' },
  },
});
