import type { JournalEntry } from '../../shared/change/journal.ts';
import { withHiddenShown } from '../../shared/change/secrets.ts';
import { journalAsked } from '../../shared/journal-asked.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Row } from '../../shared/row.ts';
import { ownSource } from '../harvest/own-source.ts';
import type { Source } from '../harvest/source.ts';
import type { ChangeDesk } from './change-desk.ts';

const rowOf = ({ before, after, made, outcome, ...entry }: JournalEntry): Row => ({
  ...entry,
  outcome: outcome ?? 'open',
  before: withHiddenShown(before),
  after: withHiddenShown(after),
  made: withHiddenShown(made),
});

/** A view of a tenant's journal as what an export reads: entries up to now, the newest first. */
export const journalSource = (
  profile: Profile,
  changes: Pick<ChangeDesk, 'journal'>,
  clock: () => number,
): Source =>
  ownSource(profile, 'the journal', async (query) => {
    const now = clock();
    const { to = now, ...filters } = journalAsked(query, now);
    // What is added while it is read is not of this view.
    const asked = { ...filters, to: Math.min(to, now) };
    return async (part) => {
      const { total, entries } = await changes.journal(profile.id, { ...asked, ...part });
      return { total, rows: entries.map(rowOf) };
    };
  });
