import type { SecretRef } from '../../shared/change/change.ts';
import { rowOf } from '../../shared/change/operations/values.ts';
import { secretPaths, secretRefOf } from '../../shared/change/secrets.ts';
import { valueAt } from '../../shared/row.ts';
import type { Journal } from './journal.ts';
import type { Plan } from './plan.ts';
import { opened, type Sealer } from './saved.ts';

/** What undoing a delete takes out of what was sealed: in memory, as applying asks for it at once. */
export class SavedSecrets {
  readonly #sealer: Sealer;
  readonly #values = new Map<string, unknown>();

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
  }

  /** Null where it was not opened, or is not kept any more. */
  get(profile: string, { entry, field }: Extract<SecretRef, { secret: 'saved' }>): unknown {
    return this.#values.get(`${profile} ${entry} ${field}`) ?? null;
  }

  /** Opens what a plan refers to. `now`: unix ms. */
  async open(
    profile: string,
    journal: Journal,
    { planned }: Pick<Plan, 'planned'>,
    now: number,
  ): Promise<void> {
    for (const { change } of planned)
      for (const path of secretPaths(change.after)) {
        const ref = secretRefOf(valueAt(change.after, path));
        if (ref?.secret !== 'saved') continue;
        // What was opened before may be of another tenant's journal, or its time is over.
        this.#values.delete(`${profile} ${ref.entry} ${ref.field}`);
        const body = journal.sealed(ref.entry, now);
        if (!body) continue;
        const row = rowOf(opened(await this.#sealer.key(), body, { profile, entry: ref.entry }) ?? []);
        const secret = row ? valueAt(row, ref.field) : null;
        this.#values.set(`${profile} ${ref.entry} ${ref.field}`, secret);
      }
  }
}
