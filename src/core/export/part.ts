import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFile,
  type FileHandle,
  open,
  readdir,
  rename,
  rm,
  stat,
  truncate,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Column } from '../../shared/catalog/index.ts';
import type { HarvestState } from '../harvest/state.ts';
import { linesOf } from './lines.ts';
import { tally } from './tally.ts';
import { guarded } from './writer.ts';

/** Ms between two checkpoints: what a crash costs at most. */
const checkpointMs = 500;
/** `asked` tells what an export asks for: a part is only gone on with by an export that asks the same. */
export type PartHeader = {
  kind: 'logto-desk-part';
  version: 1;
  asked: string;
  startedAt: number;
  pid: number;
};

/** What holds once this line stands in the journal. */
export type Checkpoint = {
  /** Bytes of the part that belong to it. */
  bytes: number;
  /** Rows read, and rows written. */
  read: number;
  rows: number;
  /** Null while none were written. */
  columns: Column[] | null;
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

/** The checkpoints of a journal that the part's bytes bear out, in their order. */
function* checkpointsOf(journal: string, size: number): Generator<Checkpoint> {
  let isHeader = true;
  for (const line of linesOf(journal)) {
    const checkpoint = isHeader ? null : parsed<Checkpoint>(line);
    if (!isHeader && (checkpoint === null || checkpoint.bytes > size)) return;
    if (checkpoint) yield checkpoint;
    isHeader = false;
  }
}

const headerOf = (journal: string): PartHeader | null => {
  for (const line of linesOf(journal)) return parsed<PartHeader>(line);
  return null;
};

/** True while a process of this number runs. */
export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const journalOf = (part: string) => `${part}.journal`;
/** Where a file is made out of a part that is only its spool. */
const madeOf = (part: string) => `${part}.made`;

const remove = async (part: string) => {
  for (const path of [part, journalOf(part), madeOf(part)]) await rm(path, { force: true });
};

/** Journals of a file's parts, each with its part. */
const journalsOf = async (path: string): Promise<string[]> => {
  const start = `.${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .filter((name) => name.startsWith(start) && /^[0-9a-f]{8}\.part\.journal$/.test(name.slice(start.length)))
    .map((name) => join(dirname(path), name.slice(0, -'.journal'.length)));
};

/** Parts of a file; `busy`: somebody still writes it. */
export const allPartsOf = async (
  path: string,
): Promise<{ part: string; header: PartHeader; busy: boolean }[]> =>
  (await journalsOf(path)).flatMap((part) => {
    const header = headerOf(journalOf(part));
    const mine = header?.pid === process.pid;
    const busy = written.has(part) || (header !== null && !mine && isAlive(header.pid));
    return header?.kind === 'logto-desk-part' && header.version === 1 ? [{ part, header, busy }] : [];
  });

/** Parts of a file that broke off and that nobody writes any more. */
export const partsOf = async (path: string) => (await allPartsOf(path)).filter(({ busy }) => !busy);

/** Takes what broke off off the disk, and what is kept of incomplete files; `kept` stays. */
export const discardParts = async (path: string, kept?: string): Promise<void> => {
  for (const { part } of await partsOf(path)) if (part !== kept) await remove(part);
  // Killed before its first line was written.
  for (const part of await journalsOf(path))
    if (!written.has(part) && headerOf(journalOf(part)) === null) await remove(part);
};

export type PartAsked = {
  path: string;
  /** See `PartHeader`. */
  asked: string;
  /** Go on where an earlier run with the same `asked` broke off. */
  resume: boolean;
  /** Unix ms. */
  now: number;
};

/**
 * A file on its way: written beside its place under a hidden name, with a journal of how far it is, so that after a crash
 * another run goes on from the last checkpoint. Throws `export.not_writable` or `export.disk_full`.
 */
export class Part {
  readonly path: string;
  readonly #part: string;
  readonly #file: FileHandle;
  readonly #journal: FileHandle;
  readonly sums = tally();
  /** What an earlier run left, its ids aside; null when this is the first. */
  readonly last: Omit<Checkpoint, 'ids'> | null;
  readonly startedAt: number;
  /** Ids since the last checkpoint, and what the last note said. */
  #ids: string[] = [];
  #how: HowFar | null = null;
  #bytes = 0;
  #notedAt = performance.now();
  #closed = false;
  /** True once a checkpoint stands that another run can go on from. */
  #isResumable: boolean;

  private constructor(
    path: string,
    part: string,
    file: FileHandle,
    journal: FileHandle,
    startedAt: number,
    last: Part['last'],
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

  static async open({ path, asked, resume, now }: PartAsked): Promise<Part> {
    return guarded(path, async () => {
      const found = resume ? (await partsOf(path)).find(({ header }) => header.asked === asked) : undefined;
      if (found) {
        const part = await Part.#reopen(path, found.part, found.header);
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
      const journal = await open(journalOf(place), 'wx', 0o600);
      await journal.appendFile(`${JSON.stringify(header)}\n`);
      const file = await open(place, 'wx', 0o600);
      return new Part(path, place, file, journal, now, null);
    });
  }

  /** Goes on with a part from its last checkpoint: what was written after it is cut off. */
  static async #reopen(path: string, place: string, header: PartHeader): Promise<Part | null> {
    // Of a finished file in which rows lack only the journal is kept: the file is the part.
    const isCopied = await copyFile(path, place, constants.COPYFILE_EXCL).then(
      () => true,
      () => false,
    );
    const { size } = await stat(place).catch(() => ({ size: 0 }));
    let last: Checkpoint | null = null;
    let journalBytes = Buffer.byteLength(`${JSON.stringify(header)}\n`);
    for (const checkpoint of checkpointsOf(journalOf(place), size)) {
      last = checkpoint;
      journalBytes += Buffer.byteLength(`${JSON.stringify(checkpoint)}\n`);
    }
    if (isCopied && last?.sha256 === undefined) await rm(place, { force: true });
    if (!last?.state || (isCopied && last.sha256 === undefined)) return null;
    await truncate(place, last.bytes);
    await truncate(journalOf(place), journalBytes);
    const file = await open(place, 'a', 0o600);
    const { ids: _, ...rest } = last;
    const part = new Part(
      path,
      place,
      file,
      await open(journalOf(place), 'a', 0o600),
      header.startedAt,
      rest,
    );
    await part.sums.addFile(place);
    if (last.sha256 === undefined || last.sha256 === part.sums.sha256) return part;
    // Somebody changed the file since.
    await part.discard();
    return null;
  }

  /** Ids of the rows that earlier runs read. */
  *ids(): Generator<string> {
    for (const { ids } of checkpointsOf(journalOf(this.#part), this.last?.bytes ?? 0)) yield* ids;
  }

  write(bytes: string | Uint8Array): Promise<void> {
    this.sums.add(bytes);
    // `appendFile` goes on until all is written; a plain `write` may stop short.
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

  /** Where what was written lies until it is in its place. */
  get spool(): string {
    return this.#part;
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
      await this.#close();
      await rename(finished, this.path);
      if (!isKept) await remove(this.#part);
    });
  }

  /** Leaves the part for another run to go on with; true when one can. */
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
