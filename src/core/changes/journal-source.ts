import type { JournalEntry } from '../../shared/change/journal.ts';
import { withHiddenShown } from '../../shared/change/secrets.ts';
import { DeskError } from '../../shared/errors.ts';
import { journalAsked } from '../../shared/journal-asked.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Row } from '../../shared/row.ts';
import { nothingRead } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import type { ChangeDesk } from './change-desk.ts';

/** Entries that are read at a time. */
const pageEntries = 500;

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
): Source => ({
  profile,
  async *read({ query, signal, onTotal, picked }) {
    if (query.where || query.sort)
      throw new DeskError('query.invalid', { where: 'where', reason: 'the journal has filters only' });
    const now = clock();
    const { to = now, ...filters } = journalAsked(query, now);
    const wanted = picked && new Set(picked.map(({ id }) => id));
    // What is added while it is read is not of this view.
    const asked = { ...filters, to: Math.min(to, now), limit: pageEntries };
    let rows = 0;
    for (let offset = 0; ; offset += pageEntries) {
      signal.throwIfAborted();
      const { total, entries } = await changes.journal(profile.id, { ...asked, offset });
      const expected = wanted?.size ?? total;
      if (offset === 0) onTotal?.(expected);
      const found = entries.map(rowOf).filter(({ id }) => wanted?.has(String(id)) !== false);
      rows += found.length;
      if (found.length > 0) yield found;
      if (entries.length < pageEntries)
        return { ...nothingRead, rows, before: expected, expected, missing: Math.max(0, expected - rows) };
    }
  },
});
