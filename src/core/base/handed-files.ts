import { randomUUID } from 'node:crypto';
import { appendFile, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import { fileError } from './file-errors.ts';
import { safeFileName } from './file-names.ts';
import type { Scratch } from './scratch.ts';

/** Files that are kept at a time: what is handed over after these, the oldest makes room for. */
const mostFiles = 4;

type Handed = { folder: string; path: string; bytes: number; written: number; turn: Promise<void> };

/**
 * Files that a window hands over, part by part: no door lets a page name a path. They are the owner's alone, and gone when
 * the app locks or ends.
 */
export class HandedFiles {
  readonly #scratch: Scratch;
  readonly #files = new Map<string, Handed>();

  constructor(scratch: Scratch) {
    this.#scratch = scratch;
  }

  /** Begins a file of so many bytes. Its name keeps what a file may be called. */
  async begin(name: string, bytes: number): Promise<string> {
    const folder = this.#scratch.folder();
    const id = randomUUID();
    const path = join(folder, safeFileName(name));
    this.#files.set(id, { folder, path, bytes, written: 0, turn: Promise.resolve() });
    // It is there already: of many that begin at the same time, no more stay.
    while (this.#files.size > mostFiles) {
      const [oldest = ''] = this.#files.keys();
      await this.drop(oldest);
    }
    return id;
  }

  #file(id: string): Handed {
    const file = this.#files.get(id);
    if (!file) throw new DeskError('import.gone');
    return file;
  }

  /** Adds the part that begins at `offset` (bytes). Throws `import.parts` for one that does not come next, or is too much. */
  async add(id: string, offset: number, part: Uint8Array): Promise<void> {
    const file = this.#file(id);
    const own = file.turn.then(async () => {
      if (offset !== file.written || offset + part.length > file.bytes) throw new DeskError('import.parts');
      await appendFile(file.path, part, { mode: 0o600 }).catch((error: unknown) => {
        throw fileError(error, file.path);
      });
      file.written += part.length;
    });
    file.turn = own.catch(() => {});
    await own;
  }

  /** Where a file is that was handed over completely. Throws `import.gone`. */
  path(id: string): string {
    const { path, bytes, written } = this.#file(id);
    if (written !== bytes || bytes === 0) throw new DeskError('import.gone');
    return path;
  }

  async drop(id: string): Promise<void> {
    const file = this.#files.get(id);
    this.#files.delete(id);
    await file?.turn;
    if (file) await rm(file.folder, { recursive: true, force: true });
  }

  /** The text of a file that was made to be taken once; it is gone then. Throws `import.too_large` for one of more bytes. */
  async taken(path: string, most: number): Promise<string> {
    try {
      if ((await stat(path)).size > most)
        throw new DeskError('import.too_large', { where: basename(path), reason: `over ${most >> 20} MiB` });
      return await readFile(path, 'utf8');
    } finally {
      await rm(dirname(path), { recursive: true, force: true });
    }
  }

  async dropAll(): Promise<void> {
    await Promise.all([...this.#files.keys()].map((id) => this.drop(id)));
  }
}
