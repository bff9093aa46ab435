import type { Send } from './send.ts';

type Headers = { get(name: string): string | null };

/** What Logto calls a request: a header of each of its answers, whatever they are. */
export const requestIdOf = (headers: Headers): string | null => headers.get('logto-core-request-id');

/** Tells answers of the server from those of something on the way to it. */
export type Origin = {
  /** False for what has no request's ID, where others had one: a proxy answered, and the server may know nothing of it. */
  isServer(headers: Headers): boolean;
};

/** `Send` that notes whether the server names its requests: older ones do not, and some proxies take the name out of all. */
export const naming = (send: Send): { send: Send; origin: Origin } => {
  let names = false;
  return {
    async send(url, sent) {
      const answer = await send(url, sent);
      if (requestIdOf(answer.headers)) names = true;
      return answer;
    },
    origin: { isServer: (headers) => !names || Boolean(requestIdOf(headers)) },
  };
};
