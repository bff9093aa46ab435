import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PlanAbout, PlanFile } from '../../../shared/change/plan.ts';
import { secretRefOf } from '../../../shared/change/secrets.ts';
import { DeskError } from '../../../shared/errors.ts';
import { failureInWords } from '../../../shared/phrases/change-words.ts';
import { commandWords } from '../../../shared/phrases/command-words.ts';
import { refusalInWords } from '../../../shared/phrases/refusal-words.ts';
import { suggestedName } from '../../base/file-names.ts';
import type { HandedFiles } from '../../base/handed-files.ts';
import type { Scratch } from '../../base/scratch.ts';
import { planOfText } from '../plan-file.ts';
import { titleOfFile } from '../plan-items.ts';
import { LineReasons } from './line-result.ts';
import {
  type ImportAsked,
  type ImportDeps,
  type ImportHow,
  type ImportLook,
  lookAtImport,
  planImport,
  writeFailedLines,
} from './plan-import.ts';
import { type FileSecret, secretsIn } from './secrets.ts';

/** An import as a window asks for it: its file is one that was handed over. */
export type HandedImport = Omit<ImportAsked, 'path'> & { file: string };

/** A plan's file before it is opened: what it is, and for whom. `source`: the file that its passwords are in, if any. */
export type PlanFileAbout = {
  title: string;
  tenant: PlanFile['tenant'];
  readAt: number;
  changes: number;
  source: string | null;
};

/** Lines that failed, as a file. */
export type FailedLines = { name: string; text: string; count: number };

/** Bytes of the failed lines at most that a window is given at once. */
const largestFailed = 32 << 20;

type Made = { asked: ImportAsked; sha256: string; joined: ReadonlyMap<number, number> };

const failures = ['not-done', 'partly', 'unknown', 'moved', 'refused'] as const;

const secretsOf = ({ planned }: PlanFile): FileSecret[] =>
  planned.flatMap(({ change }) =>
    Object.values(change.after).flatMap((value): FileSecret[] => {
      const ref = secretRefOf(value);
      return ref?.secret === 'file' ? [ref] : [];
    }),
  );

/** Imports of files that a window handed over, and plans that it did: one way with those of the terminal. */
export class ImportDesk {
  readonly #deps: ImportDeps & { files: HandedFiles; scratch: Scratch };
  /** What was planned of each file last, by the file. */
  readonly #made = new Map<string, Made>();

  constructor(deps: ImportDeps & { files: HandedFiles; scratch: Scratch }) {
    this.#deps = deps;
  }

  #asked({ file, ...asked }: HandedImport): ImportAsked {
    return { ...asked, path: this.#deps.files.path(file) };
  }

  look(handed: HandedImport): Promise<ImportLook> {
    return lookAtImport(this.#deps, this.#asked(handed));
  }

  /** Plans it; nothing is written. */
  async plan(handed: HandedImport, how: ImportHow = {}): Promise<PlanAbout> {
    const asked = this.#asked(handed);
    const { about, joined, sha256 } = await planImport(this.#deps, asked, how);
    this.#made.set(handed.file, { asked, sha256, joined });
    return about;
  }

  /** The plan as it is shown, or as it was applied (`run`), and why of its changes were not made, by their numbers. */
  async #failed(what: { plan: string } | { profile: string; run: string }) {
    const { changes } = this.#deps;
    const reasons = new Map<number, string>();
    if ('plan' in what) return { plan: await changes.planFile(what.plan), reasons };
    const plan = await changes.planOfRun(what.profile, what.run);
    for (const outcome of failures)
      for (let offset = 0; ; offset += 500) {
        const page = { job: what.run, outcome, offset, limit: 500 };
        const { entries } = await changes.journal(what.profile, page);
        for (const entry of entries) reasons.set(entry.number, failureInWords(commandWords.t, entry));
        if (entries.length < 500) break;
      }
    return { plan, reasons };
  }

  /**
   * The lines of an import that were refused, or whose changes were not made, each with its reason, to be mended and
   * given again. Throws `import.gone` where the file is no longer at hand.
   */
  async failed(what: { plan: string } | { profile: string; run: string }): Promise<FailedLines> {
    const { plan, reasons } = await this.#failed(what);
    const made = [...this.#made].find(([, { sha256 }]) => sha256 === plan.source?.sha256);
    if (!made) throw new DeskError('import.gone');
    const [file, { asked, joined }] = made;
    this.#deps.files.path(file);
    const found = new LineReasons();
    for (const { line, verdict, guard, about, faults, change } of plan.planned) {
      const reason =
        verdict === 'refused'
          ? refusalInWords(commandWords.t, { guard, about, faults, change })
          : reasons.get(change.number);
      if (line !== null && reason !== undefined) found.note(line, change.target, reason);
    }
    const byLine = found.all(joined);
    const ending = basename(asked.path).match(/\.(ndjson|jsonl)$/i) ? 'ndjson' : 'csv';
    const name = `${suggestedName([basename(asked.path).replace(/\.[^.]+$/, ''), 'failed'])}.${ending}`;
    const path = join(this.#deps.scratch.folder(), name);
    const count = await writeFailedLines(this.#deps, asked, path, (line) => byLine.get(line) ?? null);
    const text = await this.#deps.files.taken(path, largestFailed);
    return { name, text, count };
  }

  async #planFile(file: string): Promise<PlanFile> {
    const path = this.#deps.files.path(file);
    return planOfText(await readFile(path, 'utf8'), basename(path));
  }

  /** What a plan's file is. Throws `changes.plan_damaged`, `changes.plan_newer`. */
  async planAbout(file: string): Promise<PlanFileAbout> {
    const plan = await this.#planFile(file);
    const { tenant, readAt, source } = plan;
    const changes = plan.planned.filter(({ verdict }) => verdict !== 'unchanged' && verdict !== 'refused');
    const wanted = secretsOf(plan).length > 0 ? (source?.name ?? null) : null;
    return { title: titleOfFile(plan), tenant, readAt, changes: changes.length, source: wanted };
  }

  /** Opens a plan for a tenant (`ChangeDesk.openPlan`); `source`: the file that its passwords are in. */
  async openPlan(
    { profile, file, source }: { profile: string; file: string; source?: string | undefined },
    signal?: AbortSignal,
  ): Promise<PlanAbout> {
    const plan = await this.#planFile(file);
    const refs = secretsOf(plan);
    const fileSecret =
      source !== undefined && plan.source && refs.length > 0
        ? await secretsIn(this.#deps.files.path(source), plan.source, refs)
        : undefined;
    return this.#deps.changes.openPlan(profile, plan, {
      ...(fileSecret ? { fileSecret } : {}),
      ...(signal ? { signal } : {}),
    });
  }

  /** Nothing of what was handed over stays. */
  async forget(): Promise<void> {
    this.#made.clear();
    await this.#deps.files.dropAll();
  }
}
