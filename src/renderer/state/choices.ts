import { hashKey, type QueryKey } from '@tanstack/react-query';
import { queries } from './queries';

/** Choices of one kind that are on their way to be kept: the last of them, and what all of them changed. */
type Turns = { last: Promise<unknown>; changes: object[] };

const turns = new Map<string, Turns>();

/**
 * Shows what was chosen at once, whatever was asked before, and keeps it: one choice after the other. `save` is handed what is
 * chosen by then, and is not called where nothing is known yet. The last of those that are on their way asks anew, as an answer
 * between two would take the later one back; `stale`: what that is asked for.
 */
export const keepChoice = async <Chosen extends object>(
  queryKey: QueryKey,
  changes: Partial<Chosen>,
  save: (chosen: Chosen | undefined) => Promise<unknown>,
  stale: QueryKey = queryKey,
): Promise<void> => {
  const key = hashKey(queryKey);
  const before = turns.get(key);
  const all = before?.changes ?? [];
  all.push(changes);
  const inPlace = (until: object[]) =>
    queries.setQueryData<Chosen>(queryKey, (known) => known && Object.assign({ ...known }, ...until));
  void queries.cancelQueries({ queryKey });
  inPlace([changes]);
  // What was asked meanwhile may have answered with what was before the choices on their way.
  const keep = () => save(inPlace(all));
  const turn = (before ? before.last.then(keep, keep) : keep()).catch((error: unknown) => {
    // What could not be kept is said where it was chosen; it keeps nothing back that is chosen after it.
    all.splice(all.indexOf(changes), 1);
    throw error;
  });
  const own: Turns = { last: turn, changes: all };
  turns.set(key, own);
  try {
    await turn;
  } finally {
    if (turns.get(key) === own) {
      turns.delete(key);
      void queries.invalidateQueries({ queryKey: stale });
    }
  }
};
