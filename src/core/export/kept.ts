import { basename } from 'node:path';
import type { Jobs } from '../jobs.ts';
import type { KeptExport, Settings } from '../settings.ts';
import { allPartsOf, discardParts, partsOf } from './part.ts';

/** Exports that broke off, by a crash, by quitting or by an error: to be gone on with, or to be given up. */
export class KeptExports {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  /** What was asked, by job. */
  readonly #asked = new Map<string, KeptExport>();

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
  }

  /** Notes a started export, and what becomes of it. */
  async follow(id: string, kept: KeptExport): Promise<void> {
    this.#asked.set(id, kept);
    this.#settings.changeExports((before) => [...before.filter(({ path }) => path !== kept.path), kept]);
    const job = await this.#jobs.ended(id);
    const isLeft = job.state !== 'done' && (await partsOf(kept.path)).length > 0;
    if (isLeft) this.#jobs.change(id, { resumable: true });
    else this.#forget(id);
  }

  #forget(id: string) {
    const kept = this.#asked.get(id);
    this.#asked.delete(id);
    if (kept) this.#settings.changeExports((before) => before.filter(({ path }) => path !== kept.path));
  }

  /** Shows what an earlier run of the program left, as jobs. What is no longer on the disk is forgotten. */
  async restore(): Promise<void> {
    for (const kept of this.#settings.exports) {
      const [found] = await allPartsOf(kept.path);
      if (!found) this.#settings.changeExports((before) => before.filter(({ path }) => path !== kept.path));
      if (!found || found.busy) continue;
      const { query } = kept.asked as { query?: { resource?: string; profile?: string } };
      const id = this.#jobs.restore({
        title: query?.resource ?? '',
        profile: query?.profile ?? '',
        path: kept.path,
        fileName: basename(kept.path),
        startedAt: found.header.startedAt,
      });
      this.#asked.set(id, kept);
    }
  }

  /** What a job that broke off was asked. */
  of(id: string): KeptExport | undefined {
    return this.#asked.get(id);
  }

  /** Another job goes on with it: it leaves the list. */
  replaced(id: string) {
    this.#asked.delete(id);
    this.#jobs.dismiss(id);
  }

  /** Gives a job up that broke off: nothing of it is left. */
  async giveUp(id: string): Promise<void> {
    const kept = this.#asked.get(id);
    this.#forget(id);
    if (kept) await discardParts(kept.path);
  }
}
