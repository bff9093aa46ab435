import { existsSync } from 'node:fs';
import { z } from 'zod';
import { isComplete } from '../../shared/complete.ts';
import { listedResource } from '../../shared/own-resource.ts';
import { querySchema } from '../../shared/query.ts';
import { trimmed } from '../harvest/kept-report.ts';
import type { Source } from '../harvest/source.ts';
import type { JobKind, JobOf } from '../jobs/kind.ts';
import { type ExportResult, openPlace, type SourceAsked, writeExport } from './export.ts';
import { exportResultSchema } from './kept-result.ts';
import { allPartsOf, discardParts, partsOf } from './partial-file.ts';
import { type ExportRequest, exportSchema } from './request.ts';

export type ExportJobsDeps = {
  /** The same request with names in it replaced by ids. */
  withIds: <Asked extends Pick<ExportRequest, 'query' | 'mirrored'>>(asked: Asked) => Promise<Asked>;
  /** Where the rows come from. */
  sourceOf: (asked: SourceAsked) => Promise<Source>;
  installation: () => string;
  converter: URL;
  clock: () => number;
};

const named = z.object({ query: z.object({ resource: z.string(), profile: z.string() }) });
const view = z.object({ query: querySchema });

type ExportedJob = JobOf<string, ExportResult>;

const isWhole = ({ state, result }: ExportedJob): boolean =>
  state === 'done' && result !== null && isComplete(result);

/**
 * True of an export that ended with rows that lack, and of which nothing is kept that could be resumed: names that rows
 * were joined with would stay as they are, and picked rows are few. It is written anew.
 */
const isWrittenAnew = ({ state, result, picked }: ExportedJob): boolean =>
  state === 'done' && result !== null && !result.mirror && (picked || result.joined !== undefined);

/** An export of a view into a file; it resumes where the same one broke off. */
export const exportJob = (deps: ExportJobsDeps): JobKind<'export', ExportRequest, ExportResult> => ({
  id: 'export',
  request: exportSchema,
  result: exportResultSchema,
  makes: 'file',
  trimmed,
  async open(wanted, { path = '', resume = false }) {
    listedResource(wanted.query);
    const { clock, converter } = deps;
    const asked = await deps.withIds(wanted);
    const source = await deps.sourceOf(asked);
    const installation = deps.installation();
    const part = await openPlace(source, asked, path, { clock, resume, installation });
    return {
      about: {
        title: asked.query.resource,
        profile: source.profile.id,
        query: asked.query,
        path,
        picked: asked.picked !== undefined,
      },
      kept: asked,
      run: ({ signal, tell }) =>
        writeExport(source, asked, part, { clock, signal, converter, onProgress: tell }),
    };
  },
  resume: {
    place: ({ path }) => `file ${path}`,
    isLeft: async (job, { path }) =>
      !isWhole(job) && (isWrittenAnew(job) || (await partsOf(path)).length > 0),
    async find({ path, asked, ended }) {
      const [found] = await allPartsOf(path);
      const isJoined = exportResultSchema.safeParse(ended?.result).data?.joined !== undefined;
      const isHere = ended ? existsSync(path) && (found !== undefined || isJoined) : found !== undefined;
      if (!isHere) return 'gone';
      if (found?.busy) return 'busy';
      const { resource, profile } = named.safeParse(asked).data?.query ?? { resource: '', profile: '' };
      const query = view.safeParse(asked).data?.query ?? null;
      const startedAt = found?.header.startedAt ?? ended?.at ?? 0;
      return { title: resource, profile, query, path, startedAt };
    },
    discard: ({ path }) => discardParts(path),
  },
});
