import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
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

  /** Sends a finished export, or its manifest, as a download; 404 for a job that has no file. */
  async send(job: Job | undefined, what: 'file' | 'manifest', response: ServerResponse): Promise<void> {
    if (job?.state !== 'done' || !job.path) {
      response.writeHead(404).end();
      return;
    }
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
