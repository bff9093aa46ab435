import type { JournalEntry } from '../../shared/change/journal';
import { findOperation } from '../../shared/change/operations';

/** Whether undoing an entry can be asked for: it did something that can be undone, and was not. */
export const mayUndo = ({
  operation,
  outcome,
  undoneBy,
}: Pick<JournalEntry, 'operation' | 'outcome' | 'undoneBy'>): boolean =>
  (outcome === 'done' || outcome === 'partly') &&
  undoneBy === null &&
  findOperation(operation)?.undoable !== 'never';

/** Whether another look may tell what came of an entry. */
export const mayLookAgain = ({ outcome }: Pick<JournalEntry, 'outcome'>): boolean =>
  outcome === null || outcome === 'unknown';

/** What an entry's object is called. */
export const entryName = ({ target, after }: Pick<JournalEntry, 'target' | 'after'>): string => {
  const found = [target.label, after.name, after.username, after.primaryEmail, target.id].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return typeof found === 'string' ? found : '–';
};

/** The id of an entry's object; of one that it made, as the server answered. */
export const entryObject = ({ target, made }: Pick<JournalEntry, 'target' | 'made'>): string =>
  target.id !== '' ? target.id : typeof made.id === 'string' ? made.id : '';
