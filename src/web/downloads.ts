import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { manifestPathOf } from '../core/export/manifest.ts';
import type { Job } from '../core/jobs.ts';

/** Finished exports on their way to the browser's download folder, in a private folder that ends with the door. */
export class Downloads {
  #folder: Promise<string> | null = null;
  #count = 0;

  /** A path of its own for each export, under the name that the browser will suggest. */
  async pathFor(name: string): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'logto-desk-'));
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
  async #sendFolder(folder: string, response: ServerResponse): Promise<void> {
    response.writeHead(200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${basename(folder)}.zip`)}`,
    });
    const zip = new ZipFile();
    for (const name of (await readdir(folder)).sort()) zip.addFile(join(folder, name), name);
    zip.end();
    await pipeline(zip.outputStream, response);
  }

  /** Sends a finished export, or its manifest, as a download; 404 for a job that has no file. */
  async send(job: Job | undefined, what: 'file' | 'manifest', response: ServerResponse): Promise<void> {
    if (job?.state !== 'done' || !job.path) {
      response.writeHead(404).end();
      return;
    }
    if (job.kind === 'folder') return this.#sendFolder(job.path, response);
    const path = what === 'file' ? job.path : manifestPathOf(job.path);
    const { size } = await stat(path);
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
    });
    await pipeline(createReadStream(path), response);
  }

  async removeAll(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}
