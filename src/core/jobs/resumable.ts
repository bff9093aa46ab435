import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isComplete } from '../../shared/complete.ts';
import { folderManifest } from '../export/file-names.ts';
import { discardFolderParts } from '../export/folder.ts';
import { allPartsOf, discardParts, isAlive, partsOf } from '../export/partial-file.ts';
import { type Ended, endedOf } from '../settings/ended-job.ts';
import type { KeptJob, Settings } from '../settings/settings.ts';
import type { Job, Jobs } from './jobs.ts';

type Shown = Pick<Job, 'kind' | 'title' | 'profile' | 'path' | 'fileName' | 'startedAt'> & {
  ended?: Ended;
};

/** Two entries that are about the same file, folder or mirror. */
const isSame = (one: KeptJob, other: KeptJob): boolean => {
  if (one.kind === 'copy') return other.kind === 'copy' && one.profile === other.profile;
  return other.kind !== 'copy' && one.path === other.path;
};

const isInterrupted = ({ state, error }: Job): boolean =>
  state === 'failed' || error?.code === 'export.interrupted';

const isWhole = ({ state, result }: Job): boolean =>
  state === 'done' && result !== null && isComplete(result);

/**
 * True of an export that ended with rows that lack, and of which nothing is kept that could be gone on with: names that rows
 * were joined with would stay as they are, and picked rows are few. It is written anew.
 */
const isWrittenAnew = ({ state, result, picked }: Job): boolean =>
  state === 'done' && result !== null && !result.mirror && (picked || result.joined !== undefined);

/** True when it ended, and rows lack that can be asked for again. */
const isLacking = ({ copied, files }: Job): boolean =>
  copied?.lists.some(({ whole, absent }) => !whole && !absent) === true ||
  files?.some(({ state }) => state === 'incomplete') === true;

/** True while another process works on it. */
const isElsewhere = ({ pid }: { pid: number }): boolean => pid !== process.pid && isAlive(pid);

type Deps = {
  settings: Settings;
  jobs: Jobs;
  isKnown: (profile: string) => boolean;
  /** No copy of the tenant that broke off is gone on with any more. */
  giveUpCopies: (profile: string) => Promise<void>;
};

/** Exports and copies that broke off, by a crash, by quitting or by an error: to be gone on with, or to be given up. */
export class KeptJobs {
  readonly #deps: Deps;
  /** What was asked, by job. */
  readonly #asked = new Map<string, KeptJob>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Notes a started job, and what becomes of it; of one of picked rows only as long as the program runs. */
  async follow(id: string, kept: KeptJob): Promise<void> {
    const { settings, jobs } = this.#deps;
    // Whatever broke off in the same place is over: this one goes on with it, or begins anew.
    for (const [other, before] of this.#asked) if (isSame(before, kept)) this.replaced(other);
    this.#asked.set(id, kept);
    const others = (before: KeptJob[]) => before.filter((one) => !isSame(one, kept));
    const isPicked = jobs.find(id)?.picked ?? false;
    settings.changeKeptJobs((before) => [...others(before), ...(isPicked ? [] : [kept])]);
    const job = await jobs.ended(id);
    if (await this.#isLeft(kept, job)) {
      jobs.change(id, { resumable: true });
      if (job.state === 'done') this.#ended(kept, job);
    } else this.#forget(id);
  }

  async #isLeft(kept: KeptJob, job: Job): Promise<boolean> {
    if (kept.kind === 'export')
      return !isWhole(job) && (isWrittenAnew(job) || (await partsOf(kept.path)).length > 0);
    return isInterrupted(job) || isLacking(job);
  }

  #forget(id: string) {
    const kept = this.#asked.get(id);
    this.#asked.delete(id);
    if (kept) this.#drop(kept);
  }

  /** It ended: after a restart it is shown as what it came to, not as broken off. */
  #ended(kept: KeptJob, job: Job) {
    this.#deps.settings.changeKeptJobs((before) =>
      before.map((one) => (isSame(one, kept) ? { ...one, ended: endedOf(job) } : one)),
    );
  }

  #drop(kept: KeptJob) {
    this.#deps.settings.changeKeptJobs((before) => before.filter((one) => !isSame(one, kept)));
  }

  /** What an earlier run of the program left, as a job; `gone` when nothing is left of it, `busy` while it runs. */
  async #leftOf(kept: KeptJob): Promise<Shown | 'gone' | 'busy'> {
    if (kept.kind === 'export') {
      const [found] = await allPartsOf(kept.path);
      const { path, ended } = kept;
      const isHere = ended ? existsSync(path) && (found || ended.result?.joined) : found;
      if (!isHere) return 'gone';
      const { query } = kept.asked as { query?: { resource?: string; profile?: string } };
      const { resource: title = '', profile = '' } = query ?? {};
      const startedAt = found?.header.startedAt ?? ended?.at ?? 0;
      const shown = { kind: 'export' as const, title, profile, path, fileName: basename(path), startedAt };
      return found?.busy ? 'busy' : { ...shown, ...(ended ? { ended } : {}) };
    }
    if (isElsewhere(kept)) return 'busy';
    const { kind, profile, startedAt, title } = kept;
    if (kind === 'copy')
      return this.#deps.isKnown(profile)
        ? { kind, title, profile, path: '', fileName: '', startedAt }
        : 'gone';
    const { ended } = kept;
    return existsSync(kept.path) && existsSync(join(kept.path, folderManifest)) === (ended !== undefined)
      ? {
          kind,
          title,
          profile,
          path: kept.path,
          fileName: basename(kept.path),
          startedAt,
          ...(ended ? { ended } : {}),
        }
      : 'gone';
  }

  /** Shows what an earlier run of the program left, as jobs. What is no longer there is forgotten. */
  async restore(): Promise<void> {
    for (const kept of this.#deps.settings.keptJobs) {
      // A copy has all in the mirror: whoever resumes it asks for what lacks there.
      if (kept.kind === 'copy' && kept.ended) continue;
      const left = await this.#leftOf(kept);
      if (left === 'gone') await this.#clear(kept);
      else if (left !== 'busy') this.#asked.set(this.#deps.jobs.restore(left), kept);
    }
  }

  /** Nothing is left to go on with: what lies beside its files goes. */
  async #clear(kept: KeptJob): Promise<void> {
    if (kept.kind === 'export') await discardParts(kept.path);
    if (kept.kind === 'folder') await discardFolderParts(kept.path);
    this.#drop(kept);
  }

  /** What a job that broke off was asked. */
  of(id: string): KeptJob | undefined {
    return this.#asked.get(id);
  }

  /** The copy of a tenant that broke off, in this run of the program or in an earlier one. */
  copyOf(profile: string): Extract<KeptJob, { kind: 'copy' }> | undefined {
    return this.#deps.settings.keptJobs.find(
      (kept) => kept.kind === 'copy' && kept.profile === profile && !isElsewhere(kept),
    ) as Extract<KeptJob, { kind: 'copy' }> | undefined;
  }

  /** Another job goes on with it: it leaves the list. */
  replaced(id: string) {
    this.#asked.delete(id);
    this.#deps.jobs.dismiss(id);
  }

  /** Gives a job up that broke off: nothing half-made is left of it. */
  async giveUp(id: string): Promise<void> {
    const kept = this.#asked.get(id);
    this.#forget(id);
    if (kept?.kind === 'export') await discardParts(kept.path);
    if (kept?.kind === 'folder') await discardFolderParts(kept.path);
    if (kept?.kind === 'copy') await this.#deps.giveUpCopies(kept.profile);
  }
}
