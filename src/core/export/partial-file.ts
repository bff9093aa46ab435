import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Column } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { holdPlain } from '../base/plain-place.ts';
import { isElsewhere } from '../base/processes.ts';
import type { HarvestState } from '../harvest/state.ts';
import { runningChecksum } from './checksum.ts';
import { openOwn, openRegular, standsAt } from './own-file.ts';
import { linesOf } from './read-lines.ts';
import { guarded } from './writer.ts';

/** Ms between two checkpoints: what a crash costs at most. */
const checkpointMs = 500;
/** `asked` tells what an export asks for: a part is only resumed by an export that asks the same. */
export type PartHeader = {
  kind: 'logto-desk-part';
  version: 1;
  asked: string;
  startedAt: number;
  pid: number;
};

/** A column of a file; a late one was not known when the header was written. */
export type WrittenColumn = Column & { late?: true };

/** What holds once this line stands in the journal. */
export type Checkpoint = {
  /** Bytes of the part that belong to it. */
  bytes: number;
  /** Rows read, and rows written. */
  read: number;
  rows: number;
  /** Null while none were written. */
  columns: WrittenColumn[] | null;
  state: HarvestState | null;
  /** Set where all was read and rows lack: SHA-256 of the part's bytes, which the finished file begins with. */
  sha256?: string;
  /** Ids of the rows that were read since the line before. */
  ids: string[];
};

type HowFar = () => Omit<Checkpoint, 'ids' | 'bytes' | 'sha256'>;

/** Parts that this process writes. */
const written = new Set<string>();

const parsed = <T>(line: string): T | null => {
  try {
    return JSON.parse(line) as T;
  } catch {
    return null;
  }
};

/** The checkpoints of a journal (a descriptor) that the part's bytes bear out, in their order. */
function* checkpointsOf(journal: number, size: number): Generator<Checkpoint> {
  let isHeader = true;
  for (const line of linesOf(journal)) {
    const checkpoint = isHeader ? null : parsed<Checkpoint>(line);
    if (!isHeader && (checkpoint === null || checkpoint.bytes > size)) return;
    if (checkpoint) yield checkpoint;
    isHeader = false;
  }
}

/** What a journal of ours begins with; null for one without, undefined for one that is not ours. */
const headerOf = async (path: string): Promise<PartHeader | null | undefined> => {
  const journal = await openOwn(path);
  if (journal === null) return undefined;
  try {
    for (const line of linesOf(journal.fd)) return parsed<PartHeader>(line);
    return null;
  } finally {
    await journal.close();
  }
};

const journalOf = (part: string) => `${part}.journal`;
/** Where a file is made out of a part that is only its spool. */
const madeOf = (part: string) => `${part}.made`;

const remove = async (part: string) => {
  for (const path of [part, journalOf(part), madeOf(part)]) await rm(path, { force: true });
};

/** Journals of a file's parts, each with its part: somebody else's, too, where the folder is shared. */
const journalsOf = async (path: string): Promise<string[]> => {
  const start = `.${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .filter((name) => name.startsWith(start) && /^[0-9a-f]{8}\.part\.journal$/.test(name.slice(start.length)))
    .map((name) => join(dirname(path), name.slice(0, -'.journal'.length)));
};

/** Parts of a file that are ours; `busy`: somebody still writes it. */
export const allPartsOf = async (
  path: string,
): Promise<{ part: string; header: PartHeader; busy: boolean }[]> => {
  const found: { part: string; header: PartHeader; busy: boolean }[] = [];
  for (const part of await journalsOf(path)) {
    const header = await headerOf(journalOf(part));
    if (header?.kind !== 'logto-desk-part' || header.version !== 1) continue;
    const busy = written.has(part) || isElsewhere(header.pid, header.startedAt);
    found.push({ part, header, busy });
  }
  return found;
};

/** Parts of a file that broke off and that nobody writes any more. */
export const partsOf = async (path: string) => (await allPartsOf(path)).filter(({ busy }) => !busy);

/** Takes what broke off off the disk, and what is kept of incomplete files; `kept` stays. */
export const discardParts = async (path: string, kept?: string): Promise<void> => {
  for (const { part } of await partsOf(path)) if (part !== kept) await remove(part);
  // Killed before its first line was written.
  for (const part of await journalsOf(path))
    if (!written.has(part) && (await headerOf(journalOf(part))) === null) await remove(part);
};

/** A finished file as a part of ours, where there is none yet; null where there is. The caller closes it. */
const copyOf = async (path: string, place: string): Promise<FileHandle | null> => {
  const finished = await openRegular(path);
  const part = finished && (await open(place, 'ax+', 0o600).catch(() => null));
  try {
    if (finished && part)
      for await (const piece of finished.createReadStream({ start: 0, autoClose: false }))
        await part.appendFile(piece);
    return part;
  } catch (error) {
    await part?.close();
    throw error;
  } finally {
    await finished?.close();
  }
};

export type PartAsked = {
  path: string;
  /** See `PartHeader`. */
  asked: string;
  /** Resume where an earlier run with the same `asked` broke off. */
  resume: boolean;
  /** Unix ms. */
  now: number;
};

/**
 * A file on its way: written beside its place under a hidden name, with a journal of how far it is, so that after a crash
 * another run resumes from the last checkpoint. Throws `export.not_writable` or `export.disk_full`.
 */
export class PartialFile {
  readonly path: string;
  readonly #part: string;
  readonly #file: FileHandle;
  readonly #journal: FileHandle;
  readonly sums = runningChecksum();
  /** What an earlier run left, its ids aside; null when this is the first. */
  readonly last: Omit<Checkpoint, 'ids'> | null;
  readonly startedAt: number;
  /** Ids since the last checkpoint, and what the last note said. */
  #ids: string[] = [];
  #how: HowFar | null = null;
  #bytes = 0;
  #notedAt = performance.now();
  #closed = false;
  /** True once there is a checkpoint that another run can resume from. */
  #isResumable: boolean;

  private constructor(
    path: string,
    part: string,
    file: FileHandle,
    journal: FileHandle,
    startedAt: number,
    last: PartialFile['last'],
  ) {
    this.path = path;
    this.#part = part;
    this.#file = file;
    this.#journal = journal;
    this.startedAt = startedAt;
    this.last = last;
    this.#isResumable = last !== null;
    written.add(part);
  }

  static async open({ path, asked, resume, now }: PartAsked): Promise<PartialFile> {
    await holdPlain(path);
    return guarded(path, async () => {
      const found = resume ? (await partsOf(path)).find(({ header }) => header.asked === asked) : undefined;
      if (found) {
        const part = await PartialFile.#reopen(path, found.part, found.header);
        if (part) return part;
      }
      const place = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
      const header: PartHeader = {
        kind: 'logto-desk-part',
        version: 1,
        asked,
        startedAt: now,
        pid: process.pid,
      };
      // The journal first: a part without one would be found by nobody, were this to end in between.
      // 0600: an export holds personal data, and its reader is the person who asked for it.
      const journal = await open(journalOf(place), 'ax+', 0o600);
      try {
        await journal.appendFile(`${JSON.stringify(header)}\n`);
        const file = await open(place, 'ax+', 0o600);
        return new PartialFile(path, place, file, journal, now, null);
      } catch (error) {
        await journal.close();
        await rm(journalOf(place), { force: true });
        throw error;
      }
    });
  }

  /** Resumes a part from its last checkpoint: what was written after it is cut off. */
  static async #reopen(path: string, place: string, header: PartHeader): Promise<PartialFile | null> {
    // Of a finished file in which rows lack only the journal is kept: the file is the part.
    const copied = await copyOf(path, place);
    const file = copied ?? (await openOwn(place, 'append'));
    const journal = await openOwn(journalOf(place), 'append');
    const close = async () => {
      await Promise.all([file?.close(), journal?.close()]);
      if (copied) await rm(place, { force: true });
      return null;
    };
    if (file === null || journal === null) return close();
    let last: Checkpoint | null = null;
    let journalBytes = Buffer.byteLength(`${JSON.stringify(header)}\n`);
    for (const checkpoint of checkpointsOf(journal.fd, (await file.stat()).size)) {
      last = checkpoint;
      journalBytes += Buffer.byteLength(`${JSON.stringify(checkpoint)}\n`);
    }
    if (!last?.state || (copied && last.sha256 === undefined)) return close();
    await file.truncate(last.bytes);
    await journal.truncate(journalBytes);
    const { ids: _, ...rest } = last;
    const part = new PartialFile(path, place, file, journal, header.startedAt, rest);
    await part.sums.addFile(file.fd);
    if (last.sha256 === undefined || last.sha256 === part.sums.sha256) return part;
    // Somebody changed the file since.
    await part.discard();
    return null;
  }

  /** Ids of the rows that earlier runs read. */
  *ids(): Generator<string> {
    for (const { ids } of checkpointsOf(this.#journal.fd, this.last?.bytes ?? 0)) yield* ids;
  }

  write(bytes: string | Uint8Array): Promise<void> {
    this.sums.add(bytes);
    // `appendFile` continues until everything is written; a plain `write` may stop short.
    return guarded(this.path, () => this.#file.appendFile(bytes));
  }

  /** Rows of these ids were read, and what they came to was written; now and then that becomes a checkpoint. */
  async note(ids: readonly string[], how: HowFar): Promise<void> {
    for (const id of ids) this.#ids.push(id);
    this.#how = how;
    this.#bytes = this.sums.bytes;
    if (performance.now() - this.#notedAt >= checkpointMs) await this.#checkpoint();
  }

  /** All was read, and rows lack: another run can ask for those. */
  async lack(how: HowFar): Promise<void> {
    await this.note([], how);
    await this.#checkpoint({ sha256: this.sums.sha256 });
  }

  async #checkpoint(more: Pick<Checkpoint, 'sha256'> = {}): Promise<void> {
    // Bytes that no note stands for yet are half of something.
    if (!this.#how || this.#bytes !== this.sums.bytes) return;
    const checkpoint: Checkpoint = { ...this.#how(), ...more, bytes: this.#bytes, ids: this.#ids };
    if (!checkpoint.state) return;
    await guarded(this.path, async () => {
      // The rows first: a checkpoint must not promise what a power cut takes.
      await this.#file.datasync();
      await this.#journal.appendFile(`${JSON.stringify(checkpoint)}\n`);
    });
    this.#ids = [];
    this.#isResumable = true;
    this.#notedAt = performance.now();
  }

  /** Where the part stands while it is written. */
  get beside(): string {
    return this.#part;
  }

  /** What was written, as a descriptor: at its path something else may stand by then. */
  get spool(): number {
    return this.#file.fd;
  }

  /** Where a file that is written at once is made out of the spool. */
  get made(): string {
    return madeOf(this.#part);
  }

  async #close() {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
    await this.#journal.close();
    written.delete(this.#part);
  }

  /**
   * Everything is written: the finished file, the part itself or what was `made` of it, takes its place. `isKept`: what
   * another run needs to ask for the rows that lack stays.
   */
  async finish(finished = this.#part, isKept = false): Promise<void> {
    await guarded(this.path, async () => {
      await this.#file.sync();
      await this.#refuseOthers(finished);
      await this.#close();
      await rename(finished, this.path);
      if (!isKept) await remove(this.#part);
    });
  }

  /** Whoever may write to the folder may have put something else in the place of what is finished. */
  async #refuseOthers(finished: string): Promise<void> {
    const made = finished === this.#part ? null : await openOwn(finished);
    await made?.close();
    if (made !== null || (finished === this.#part && standsAt(this.#file.fd, this.#part))) return;
    throw new DeskError('export.not_writable', {
      where: this.path,
      reason: 'another program replaced the file during the export',
    });
  }

  /** Leaves the part for another run to resume; true when one can. */
  async keep(): Promise<boolean> {
    await this.#checkpoint().catch(() => {});
    if (!this.#isResumable) await this.discard();
    else await this.#close().catch(() => {});
    return this.#isResumable;
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#close().catch(() => {});
    await remove(this.#part);
  }
}
