import { existsSync } from 'node:fs';
import type { Profile } from '../../shared/profile.ts';
import { Journal } from './journal.ts';
import { journalPath, openJournal, removeJournal } from './journal-file.ts';

type Owner = Pick<Profile, 'id' | 'kind' | 'endpoint' | 'resource'>;

/** How often is looked for what was kept for undoing, and whose time is over, ms. */
const lookEachMs = 3_600_000;

/** The journals of tenants, each opened when it is first asked for. */
export class Journals {
  readonly #folder: string;
  readonly #clock: () => number;
  readonly #open = new Map<string, { journal: Journal; owner: string; lookedAt: number }>();

  constructor(folder: string, clock: () => number) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Throws `changes.journal`. */
  of(profile: Owner): Journal {
    const owner = `${profile.endpoint} ${profile.resource}`;
    const known = this.#open.get(profile.id);
    const now = this.#clock();
    if (known?.owner === owner) {
      if (Math.abs(now - known.lookedAt) < lookEachMs) return known.journal;
      known.lookedAt = now;
      known.journal.forgetSaved(now);
      return known.journal;
    }
    known?.journal.close();
    const db = openJournal(this.#folder, profile, now);
    const journal = new Journal(db, journalPath(this.#folder, profile.id));
    this.#open.set(profile.id, { journal, owner, lookedAt: now });
    journal.forgetSaved(now);
    return journal;
  }

  has({ id }: Pick<Profile, 'id'>): boolean {
    return this.#open.has(id) || existsSync(journalPath(this.#folder, id));
  }

  remove(id: string) {
    this.#open.get(id)?.journal.close();
    this.#open.delete(id);
    removeJournal(this.#folder, id);
  }

  close() {
    for (const { journal } of this.#open.values()) journal.close();
    this.#open.clear();
  }
}
