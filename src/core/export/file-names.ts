import { safeFileName } from '../base/file-names.ts';
import { manifestPathOf } from './manifest.ts';

/** The name of the file that is written when all others are. */
export const folderManifest = 'tenant.manifest.json';

/** Where saved views are: no name of theirs is a list's or a manifest's there. */
export const viewsFolder = 'views';

/** Paths in a folder, each given once: of a file, its manifest stays free, too. */
export class FileNames {
  readonly #taken = new Set([folderManifest]);

  /** A free path (its parts divided by `/`) for a file, as near to `name` as there is one. */
  take(name: string, format: string): string {
    const parts = name.split('/').map(safeFileName).join('/');
    for (let n = 1; ; n += 1) {
      const file = `${parts}${n === 1 ? '' : ` ${n}`}.${format}`;
      const both = [file, manifestPathOf(file)].map((path) => path.toLowerCase());
      if (both.some((path) => this.#taken.has(path))) continue;
      for (const path of both) this.#taken.add(path);
      return file;
    }
  }
}
