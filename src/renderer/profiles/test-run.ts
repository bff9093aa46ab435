import type { ConnectionStep } from '../../core/router';
import type { ErrorValue } from '../../shared/errors';

export type TestRun = { steps: ConnectionStep[]; running: boolean; error: ErrorValue | null };

/** What a connection test came to: `users` as the server counts them, null where it does not. Null while it runs. */
export type Outcome =
  | { connected: true; users: number | null }
  | { connected: false; error: ErrorValue | null };

export const outcomeOf = ({ steps, running, error }: TestRun): Outcome | null => {
  if (running) return null;
  const failed = steps.find(({ state }) => state === 'failed');
  if (error || failed || steps.length === 0)
    return { connected: false, error: error ?? failed?.error ?? null };
  const note = steps.find(({ id }) => id === 'page')?.note;
  return { connected: true, users: note ? Number(note) : null };
};
