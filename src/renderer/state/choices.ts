import { hashKey, type QueryKey } from '@tanstack/react-query';
import { queries } from './queries';

/** The last choice of each kind that is on its way to be kept. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Shows what was chosen at once, whatever was asked before, and keeps it: one choice after the other. The last of those that are
 * on their way asks anew, as an answer between two would take the later one back; `stale`: what that is asked for.
 */
export const keepChoice = async <Chosen extends object>(
  queryKey: QueryKey,
  changes: Partial<Chosen>,
  save: () => Promise<unknown>,
  stale: QueryKey = queryKey,
): Promise<void> => {
  void queries.cancelQueries({ queryKey });
  queries.setQueryData<Chosen>(queryKey, (before) => before && { ...before, ...changes });
  const key = hashKey(queryKey);
  const before = turns.get(key);
  // What could not be kept is said where it was chosen; it keeps nothing back that is chosen after it.
  const turn = before ? before.then(save, save) : save();
  turns.set(key, turn);
  try {
    await turn;
  } finally {
    if (turns.get(key) === turn) {
      turns.delete(key);
      void queries.invalidateQueries({ queryKey: stale });
    }
  }
};
