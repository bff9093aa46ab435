export type RetryPolicy = {
  /** Tries in all, the first included. */
  tries: number;
  /** Longest wait before the first repeat, ms; it doubles each time, up to `longestMs`. */
  baseMs: number;
  /** A server that asks for a longer wait than this gets no repeat: its error says so instead, ms. */
  longestMs: number;
};

export const defaultRetry: RetryPolicy = { tries: 4, baseMs: 400, longestMs: 30_000 };

/**
 * Ms to wait before the next try, or null for none. `tried` counts tries so far; `asked` is the server's `Retry-After` in ms;
 * `random` from 0 to below 1 spreads the repeats of many callers.
 */
export const delayBefore = (
  policy: RetryPolicy,
  tried: number,
  passing: boolean,
  asked: number | null,
  random: number,
): number | null => {
  if (!passing || tried >= policy.tries) return null;
  const backoff = Math.min(policy.longestMs, policy.baseMs * 2 ** (tried - 1));
  const usual = backoff / 2 + (random * backoff) / 2;
  if (asked === null) return usual;
  // Who asks for no wait at all is not asked ever faster.
  return asked > policy.longestMs ? null : Math.max(asked + random * 100, usual);
};
