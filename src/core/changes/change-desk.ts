import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SecretRef } from '../../shared/change/change.ts';
import type { JournalAsked, JournalEntry } from '../../shared/change/journal.ts';
import {
  forcible,
  type Guard,
  type PlanAbout,
  type PlanFile,
  type Planned,
  type PlannedShown,
  type PlanWanted,
  type Verdict,
} from '../../shared/change/plan.ts';
import { titleOfChange } from '../../shared/change/title.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Session } from '../client/session.ts';
import type { Keychain } from '../tenants/keychain.ts';
import type { Pages } from '../tenants/pages.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { Actor, Applying } from './apply-one.ts';
import { Entered } from './entered.ts';
import { overriding } from './guards.ts';
import type { Found } from './hidden.ts';
import { HiddenValues } from './hidden-values.ts';
import type { ChangesJobDeps, ChangesRequest } from './job.ts';
import type { Journal } from './journal.ts';
import { Journals } from './journals.ts';
import { OpenEntries } from './open-entries.ts';
import { type FileSecret, makePlan, type Plan, type PlanItem, type PlanOptions } from './plan.ts';
import { confirmFor, isToBeMade, operationOf } from './plan-about.ts';
import { planFileOf, readPlanFile } from './plan-file.ts';
import { itemsOfFile, titleOfFile } from './plan-items.ts';
import { shown } from './plan-shown.ts';
import { Planning } from './planning.ts';
import { Sealer } from './saved.ts';
import { SavedSecrets } from './saved-secrets.ts';
import { standingItems } from './standing.ts';
import { calledAnew, targetsOf } from './targets.ts';
import { undoItems } from './undo.ts';
import { isProduction, Unlocked } from './unlocked.ts';

const keptPlans = 20;

/** A guard that can be overridden; one that cannot stands, whoever asks. */
const isForcible = (name: string): name is Guard => forcible.some((one) => one === name);

type GoingOn = Pick<ChangesRequest, 'door' | 'stopAfter' | 'only'> & {
  confirm?: string | undefined;
  fileSecret?: FileSecret | undefined;
};

export type MadeSecret = Parameters<Applying['keepMade']>[0];

type Deps = {
  tenants: Tenants;
  pages: Pages;
  keychain: Keychain;
  folder: string;
  clock: () => number;
  warn: (text: string) => void;
};

/** Changes to tenants: planned, applied, noted, undone. One way through for every door. */
export class ChangeDesk {
  readonly #deps: Deps;
  readonly #plans = new Map<string, Plan>();
  readonly #unlocked: Unlocked;
  readonly #entered = new Entered();
  readonly #sealer: Sealer;
  readonly #saved: SavedSecrets;
  readonly #hidden: HiddenValues;
  readonly #hiddenOfRun = new Map<string, Found>();
  readonly #journals: Journals;
  readonly #fileSecrets = new Map<string, FileSecret>();
  readonly planning = new Planning();
  readonly openEntries: OpenEntries;
  readonly #made = new Map<string, MadeSecret[]>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#unlocked = new Unlocked(deps.clock);
    this.#sealer = new Sealer(deps.keychain, join(deps.folder, 'key.lock'));
    this.#saved = new SavedSecrets(this.#sealer);
    this.#hidden = new HiddenValues(this.#sealer, deps.clock);
    this.#journals = new Journals(deps.folder, deps.clock);
    this.openEntries = new OpenEntries({ ...deps, journals: this.#journals, hider: this.#hidden.hider });
  }

  async #session(profile: string): Promise<Session> {
    return (await this.#deps.tenants.open(profile)).server();
  }

  /** What can be done to a tenant now; `journaled`: something was done. */
  async state(idOrName: string) {
    const profile = await this.#deps.tenants.profile(idOrName);
    return {
      access: profile.access,
      unlockedUntil: this.#unlocked.until(profile),
      label: profile.label,
      production: isProduction(profile),
      journaled: this.#journals.has(profile),
    };
  }

  async unlock(idOrName: string) {
    this.#unlocked.unlock(await this.#deps.tenants.profile(idOrName));
    return this.state(idOrName);
  }

  async lock(idOrName: string) {
    this.#unlocked.lock(await this.#deps.tenants.profile(idOrName));
    return this.state(idOrName);
  }

  /** The app locks, or ends what is open towards tenants: nothing stays unlocked. */
  lockAll() {
    this.#unlocked.lockAll();
  }

  /** Keeps a secret in memory, for the plan that names it. */
  keepSecret(value: string): SecretRef {
    return this.#entered.keep(value);
  }

  #secretOf(profile: string, ref: SecretRef, fileSecret?: FileSecret): unknown {
    switch (ref.secret) {
      case 'entered':
        return this.#entered.get(ref.key);
      case 'file':
        return fileSecret?.(ref) ?? null;
      case 'saved':
        return this.#saved.get(profile, ref);
      case 'present':
      case 'unread':
        return null;
    }
  }

  #keep(plan: Plan): PlanAbout {
    this.#plans.set(plan.about.id, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > keptPlans && oldest !== undefined) this.#plans.delete(oldest);
    return plan.about;
  }

  #plan(id: string): Plan {
    const plan = this.#plans.get(id);
    if (!plan) throw new DeskError('changes.plan_gone');
    return plan;
  }

  /** Plans what is asked. Nothing is written. Throws `changes.operation`, `changes.incomplete`, and what reading throws. */
  async plan(wanted: PlanWanted, how: Pick<PlanOptions, 'signal' | 'onStep'> = {}): Promise<PlanAbout> {
    const operation = operationOf(wanted.operation);
    const { id: profile } = await this.#deps.tenants.profile(wanted.profile);
    const found = await targetsOf(this.#deps.pages, { ...wanted, profile }, operation, how);
    const items = found.map((one) => ({
      ...one,
      operation: operation.id,
      values: wanted.values,
      unset: wanted.unset,
    }));
    const forced = wanted.forced.filter(isForcible);
    return this.planItems(profile, items, { title: titleOfChange(operation, wanted.values), forced, ...how });
  }

  /** Plans items of any operations, such as those of an import. */
  async planItems(profile: string, items: readonly PlanItem[], options: PlanOptions): Promise<PlanAbout> {
    const session = await this.#session(profile);
    const plan = await makePlan(session, items, options, {
      clock: this.#deps.clock,
      secretOf: (of, ref, fileSecret) => this.#secretOf(of, ref, fileSecret),
      canSave: () => this.#sealer.isAvailable(),
      hider: this.#hidden.hider,
      hiddenOf: this.#hidden.finder(profile, () => {
        const of = session.profile;
        return this.#journals.has(of) ? this.#journals.of(of) : null;
      }),
    });
    return this.#keep(plan);
  }

  about(plan: string): PlanAbout {
    return this.#plan(plan).about;
  }

  /** The changes of a plan, as a screen shows them. `text` is looked for in names, ids and values. */
  async planned(
    id: string,
    { verdict, text, offset, limit }: { verdict?: Verdict; text?: string; offset: number; limit: number },
  ): Promise<{ total: number; items: PlannedShown[] }> {
    const plan = this.#plan(id);
    const plain = (some: string) => some.normalize('NFC').toLowerCase();
    const wanted = plain(text ?? '');
    const fits = (one: Planned) =>
      (verdict === undefined || one.verdict === verdict) &&
      (wanted === '' || plain(JSON.stringify([one.change, one.about])).includes(wanted));
    const all = plan.planned.filter(fits);
    const profile = await this.#deps.tenants.profile(plan.about.profile);
    return {
      total: all.length,
      items: all.slice(offset, offset + limit).map((one) => shown(profile, one, plan)),
    };
  }

  /** The plan as a file. What lists mask is not in it: it stays on this computer, sealed for 30 days. */
  async planFile(id: string): Promise<PlanFile> {
    const plan = this.#plan(id);
    if (plan.found.size > 0) {
      const { profile } = await this.#session(plan.about.profile);
      await this.#journals.of(profile).keepHidden(await this.#hidden.sealed(profile.id, plan.found));
    }
    const file = planFileOf(plan);
    plan.files.add(file.checksum);
    return file;
  }

  /**
   * A plan out of its file, held against the tenant as it is now: guards are asked again, as a file may have been edited.
   * Throws `changes.plan_damaged`, `changes.plan_foreign`, `changes.plan_moved`.
   */
  async openPlan(
    idOrName: string,
    content: unknown,
    options: { fileSecret?: FileSecret; signal?: AbortSignal } = {},
  ): Promise<PlanAbout> {
    const file = readPlanFile(content);
    const session = await this.#session(idOrName);
    const { profile } = session;
    if (file.tenant.endpoint !== profile.endpoint)
      throw new DeskError('changes.plan_foreign', { where: file.tenant.name });
    const items = itemsOfFile(file, (entry, { resource, id }) => {
      const known = this.#journals.has(profile) ? this.#journals.of(profile).entry(entry) : null;
      return known?.target.resource === resource && ['', known.target.id, known.made.id].includes(id);
    });
    if (items.length === 0) throw new DeskError('changes.plan_empty');
    const { source } = file;
    const title = titleOfFile(file);
    const forced = file.forced.filter((one) => isForcible(one) && one !== 'changed-since');
    const called = await calledAnew(this.#deps.pages, profile.id, items);
    const about = await this.planItems(profile.id, called, { title, forced, source, ...options });
    this.#plan(about.id).files.add(file.checksum);
    const moved = this.#plan(about.id).planned.find(
      ({ guard, verdict }) => guard === 'changed-since' || verdict === 'unchanged',
    );
    if (moved) {
      this.#plans.delete(about.id);
      throw new DeskError('changes.plan_moved', {
        where: moved.change.target.label || moved.change.target.id,
      });
    }
    return about;
  }

  /** What a plan asks a job for, once the tenant is unlocked and its name was typed where that is needed. */
  async applying(
    id: string,
    {
      confirm,
      stopAfter,
      door,
    }: { confirm?: string | undefined; stopAfter?: number | undefined; door: Actor['door'] },
  ): Promise<ChangesRequest> {
    const plan = this.#plan(id);
    const session = await this.#session(plan.about.profile);
    if (plan.tenant.endpoint !== session.profile.endpoint)
      throw new DeskError('changes.plan_foreign', { where: plan.tenant.name });
    // The tenant may have been labelled since.
    this.#unlocked.hold(session.profile, confirmFor(session.profile, plan.planned), confirm);
    if (!plan.planned.some(isToBeMade)) throw new DeskError('changes.plan_empty');
    // Applied once: again, it is another plan. Two who ask at the same time are not both given it.
    if (!this.#plans.delete(id)) throw new DeskError('changes.plan_gone');
    const run = randomUUID();
    const journal = this.#journals.of(session.profile);
    await this.#saved.open(session.profile.id, journal, plan, this.#deps.clock());
    const hidden = await this.#hidden.sealed(session.profile.id, plan.found);
    const body = JSON.stringify(planFileOf(plan));
    const kept = { job: run, title: plan.title, at: this.#deps.clock(), body };
    // Whoever else has its file may have applied it, or be at it: what it makes would be made twice.
    const earlier = await journal.keepPlan(kept, hidden, plan.files);
    if (earlier !== null) throw new DeskError('changes.plan_applied', { where: earlier });
    if (plan.found.size > 0) this.#hiddenOfRun.set(run, plan.found);
    if (plan.fileSecret) this.#fileSecrets.set(run, plan.fileSecret);
    const asked = { run, title: plan.title, door, stopAfter: stopAfter ?? 10, only: 'all' as const };
    return { profile: session.profile.id, ...asked, confirmed: confirm ?? null };
  }

  /** The plan that a job applied, or is to apply (`run` of its result). Throws `changes.plan_gone`. */
  async planOfRun(idOrName: string, run: string): Promise<PlanFile> {
    const body = (await this.#journalOf(idOrName)).planOf(run);
    if (body === null) throw new DeskError('changes.plan_gone');
    return readPlanFile(JSON.parse(body));
  }

  /**
   * Resumes an earlier run: what it did not reach, and what is known not to be done; `only` the latter. What was
   * done, or of which nobody knows, is not sent again.
   */
  async goingOn(
    idOrName: string,
    run: string,
    { confirm, fileSecret, ...how }: GoingOn,
  ): Promise<ChangesRequest> {
    const plan = await this.planOfRun(idOrName, run);
    const { profile } = await this.#session(idOrName);
    if (plan.tenant.endpoint !== profile.endpoint)
      throw new DeskError('changes.plan_foreign', { where: plan.tenant.name });
    this.#unlocked.hold(profile, confirmFor(profile, plan.planned), confirm);
    await this.#saved.open(profile.id, this.#journals.of(profile), plan, this.#deps.clock());
    if (fileSecret) this.#fileSecrets.set(run, fileSecret);
    return { profile: profile.id, run, title: plan.title, ...how, confirmed: confirm ?? null };
  }

  /** What the kind of job works with. */
  jobDeps(): Omit<ChangesJobDeps, 'sessionOf' | 'isKnown' | 'clock'> {
    return {
      holdUnlocked: ({ profile }, { planned }, confirmed) =>
        this.#unlocked.hold(profile, confirmFor(profile, planned), confirmed ?? undefined),
      journalOf: ({ profile }) => this.#journals.of(profile),
      sealer: this.#sealer,
      hidden: this.#hidden,
      hiddenOf: ({ profile }, run) =>
        this.#hidden.finder(profile.id, () => this.#journals.of(profile), this.#hiddenOfRun.get(run)),
      actorOf: (door) => ({ user: userInfo().username, host: hostname(), door }),
      secretOf: ({ profile }, ref, fileSecret) => this.#secretOf(profile.id, ref, fileSecret),
      fileSecretOf: (run) => this.#fileSecrets.get(run),
      noteRow: ({ profile }, resource, row) => this.#deps.tenants.noteRow(profile, resource, row),
      keepMade: (run, made) => void this.#made.set(run, [...(this.#made.get(run) ?? []), made]),
    };
  }

  /** Secrets that the server made for a run: handed out once. */
  made(run: string): MadeSecret[] {
    const made = this.#made.get(run) ?? [];
    this.#made.delete(run);
    return made;
  }

  async journal(idOrName: string, asked: JournalAsked) {
    return (await this.#journalOf(idOrName)).find(asked);
  }

  async stands(idOrName: string, job: string): Promise<boolean> {
    return (await this.#journalOf(idOrName)).stands(job);
  }

  async #journalOf(idOrName: string): Promise<Journal> {
    return this.#journals.of(await this.#deps.tenants.profile(idOrName));
  }

  /** A plan that undoes entries, or all of a job. */
  async undo(
    idOrName: string,
    what: { entries: readonly number[] } | { job: string },
    options: { forced?: readonly string[]; signal?: AbortSignal } = {},
  ): Promise<PlanAbout> {
    const { id: profile } = await this.#deps.tenants.profile(idOrName);
    const journal = await this.#journalOf(profile);
    const entries: JournalEntry[] =
      'job' in what
        ? journal.ofJob(what.job).filter(({ outcome }) => outcome === 'done' || outcome === 'partly')
        : [...new Set(what.entries)].flatMap((id) => journal.entry(id) ?? []);
    if (entries.length === 0) throw new DeskError('changes.plan_empty');
    const { forced = [], ...rest } = options;
    const items = await undoItems(entries, {
      ...{ journal, profile, forced, sealer: this.#sealer },
      now: this.#deps.clock(),
    });
    const how = { priority: 'ahead' as const, ...overriding(forced), ...rest };
    const standing = await standingItems(await this.#session(profile), items, how);
    return this.planItems(profile, standing, {
      title: 'undo',
      isUndo: true,
      forced: forced.filter(isForcible),
      ...rest,
    });
  }

  /** Nothing of a profile stays. */
  forget(profile: string) {
    this.#journals.remove(profile);
  }

  close() {
    this.#entered.clear();
    this.#journals.close();
  }
}
