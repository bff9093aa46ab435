import { extname, resolve } from 'node:path';
import { snapshotExtension } from '../core/mirror/snapshot-file.ts';
import { linkScheme } from '../shared/deep-link.ts';

/** What the system hands over on a command line: links, and snapshots by their whole path. */
export type Handed = { kind: 'link'; link: string } | { kind: 'snapshot'; path: string };

/**
 * What is to be opened of a command line's words; anything else on it is not ours. A path is meant from `folder`: where
 * the program was called that the words were given to, which may be another one than this.
 */
export const handedOver = (words: readonly string[], folder: string): Handed[] =>
  words.flatMap((word): Handed[] => {
    if (word.startsWith(`${linkScheme}:`)) return [{ kind: 'link', link: word }];
    return extname(word) === `.${snapshotExtension}`
      ? [{ kind: 'snapshot', path: resolve(folder, word) }]
      : [];
  });
