import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import { isElsewhere } from '../base/processes.ts';
import { isInterrupted, type JobKind } from '../jobs/kind.ts';
import { folderManifest } from './file-names.ts';
import {
  discardFolderParts,
  exportFolder,
  type FolderAsked,
  type FolderItem,
  folderSchema,
  type ListOutcome,
} from './folder.ts';
import type { ExportJobsDeps } from './job.ts';
import { folderResultSchema, trimmedFiles } from './kept-result.ts';
import type { ExportProgress } from './read-into.ts';

/** What became of each file, and the rows of all of them. */
export type FolderResult = { rows: number; files: ListOutcome[] };

const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);

/** An export of several views of a tenant into a folder. */
export const folderJob = (
  deps: Omit<ExportJobsDeps, 'withIds'>,
): JobKind<'folder', FolderAsked, FolderResult> => ({
  id: 'folder',
  request: folderSchema,
  result: folderResultSchema,
  makes: 'folder',
  trimmed: ({ rows, files }) => ({ rows, files: trimmedFiles(files) }),
  async open(wanted, { resume }) {
    const asked = resume ? { ...wanted, resume } : wanted;
    const { clock, converter } = deps;
    const [first] = asked.items;
    if (!first) throw new DeskError('export.nothing');
    const { query } = first;
    const source = await deps.sourceOf({ query, mirrored: asked.mirrored });
    return {
      about: { title: query.resource, profile: source.profile.id, path: asked.folder },
      kept: asked,
      async run({ signal, tell }) {
        const done = new Map<string, number>();
        const onProgress = (item: FolderItem, { rows }: ExportProgress) => {
          done.set(item.name, rows);
          const part = { number: asked.items.indexOf(item) + 1, of: asked.items.length, rows };
          tell({ rows: sum(done.values()), total: null, title: item.query.resource, part });
        };
        const installation = deps.installation();
        const files = await exportFolder(asked, {
          source,
          clock,
          signal,
          onProgress,
          converter,
          installation,
        });
        return { rows: sum(files.map(({ rows }) => rows)), files };
      },
    };
  },
  resume: {
    place: ({ path }) => `file ${path}`,
    isLeft: (job) =>
      isInterrupted(job) || job.result?.files.some(({ state }) => state === 'incomplete') === true,
    async find({ pid, pidAt, path, title, profile, startedAt, ended }) {
      if (isElsewhere(pid, pidAt)) return 'busy';
      const isLeft = existsSync(path) && existsSync(join(path, folderManifest)) === (ended !== undefined);
      return isLeft ? { title, profile, path, startedAt } : 'gone';
    },
    discard: ({ path }) => discardFolderParts(path),
  },
});
