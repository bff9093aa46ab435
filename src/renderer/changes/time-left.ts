/** From here on it is said that a tenant is about to lock, seconds. */
export const warnedSeconds = 60;

/** Whole seconds until a moment (unix ms); 0 where there is none, and when it is past. */
export const secondsLeft = (until: number | null, now: number): number =>
  until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));

/** Seconds as a clock shows them: 14:05. */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
