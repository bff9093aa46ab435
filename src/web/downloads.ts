import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { basename, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { isAtWork } from '../core/base/processes.ts';
import { manifestPathOf } from '../core/export/manifest.ts';
import type { AnyJob } from '../core/jobs/kind.ts';

/** What a job has to download: its file (or folder), or its manifest. */
export type Downloaded = 'file' | 'manifest';

/** How long a ticket waits for its download, ms. */
const ticketMs = 60_000;

/** Finished exports on their way to the browser's download folder, in a private folder that ends with the door. */
export class Downloads {
  readonly #home: string;
  #folder: Promise<string> | null = null;
  #count = 0;
  readonly #tickets = new Map<string, { job: string; what: Downloaded }>();

  /** `home`: where every browser door of this user has a folder of its own, named after its process. */
  constructor(home: string) {
    this.#home = home;
  }

  /**
   * An address for one download. A navigation cannot send the page's key along, so the page asks for this with its key,
   * and what is left in the browser's list of downloads opens nothing.
   */
  ticketFor(job: string, what: Downloaded): string {
    const ticket = randomBytes(32).toString('base64url');
    this.#tickets.set(ticket, { job, what });
    setTimeout(() => this.#tickets.delete(ticket), ticketMs).unref();
    return `/download/${ticket}`;
  }

  /** What a ticket is for, once. */
  take(ticket: string): { job: string; what: Downloaded } | undefined {
    const known = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return known;
  }

  /** Removes what doors left that were killed; `keep` are files that an interrupted export still needs. */
  async sweep(keep: readonly string[]): Promise<void> {
    const left = await readdir(this.#home).catch(() => []);
    for (const name of left) {
      const folder = join(this.#home, name);
      const pid = Number(/^(\d+)-/.exec(name)?.[1]);
      if (!pid || keep.some((path) => path.startsWith(join(folder, '/')))) continue;
      const mtimeMs = await lstat(folder).then(
        (found) => found.mtimeMs,
        () => 0,
      );
      if (isAtWork(pid, mtimeMs)) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #ownFolder(): Promise<string> {
    await mkdir(this.#home, { recursive: true, mode: 0o700 });
    return mkdtemp(join(this.#home, `${process.pid}-`));
  }

  /** A path of its own for each export, under the name that the browser will suggest. */
  async pathFor(name: string): Promise<string> {
    this.#folder ??= this.#ownFolder();
    this.#count += 1;
    const folder = join(await this.#folder, String(this.#count));
    await mkdir(folder, { mode: 0o700 });
    return join(folder, basename(name));
  }

  /** A folder of its own for several files, which the browser gets as one. */
  async folderFor(name: string): Promise<string> {
    const folder = await this.pathFor(name);
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }

  /** Sends the files of a folder as one ZIP. */
  async #sendFolder(folder: string, response: ServerResponse, signal: AbortSignal): Promise<void> {
    response.writeHead(200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${basename(folder)}.zip`)}`,
    });
    const zip = new ZipFile();
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
    for (const path of files.sort()) zip.addFile(path, relative(folder, path).replaceAll(sep, '/'));
    zip.end();
    await pipeline(zip.outputStream, response, { signal });
  }

  /** Sends a finished export, or its manifest, until the signal is aborted; 404 for a job that has no file. */
  async send(
    job: AnyJob | undefined,
    what: Downloaded,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    if (job?.state !== 'done' || !job.path) {
      response.writeHead(404).end();
      return;
    }
    if ((await stat(job.path)).isDirectory()) return this.#sendFolder(job.path, response, signal);
    const path = what === 'file' ? job.path : manifestPathOf(job.path);
    const { size } = await stat(path);
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
    });
    await pipeline(createReadStream(path), response, { signal });
  }

  async removeAll(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}
