import { z } from 'zod';
import { dossierFormats, sectionStates } from '../../shared/dossier.ts';
import { createPhrases } from '../../shared/phrases/index.ts';
import type { Query } from '../../shared/query.ts';
import { zoneSchema } from '../../shared/query.ts';
import { fileTarget, type Target } from '../export/writer.ts';
import { reportSchema, trimmed } from '../harvest/kept-report.ts';
import type { Source } from '../harvest/source.ts';
import { errorSchema } from '../jobs/kept.ts';
import type { JobKind } from '../jobs/kind.ts';
import type { Tenant } from '../tenants/tenants.ts';
import type { Dossier, DossierManifest } from './dossier.ts';
import { htmlPieces } from './html.ts';
import { readDossier } from './read.ts';

export const dossierSchema = z.object({
  profile: z.string().min(1).max(64),
  /** The user's id (`find.ts` finds it by other things). */
  user: z.string().min(1).max(256),
  format: z.enum(dossierFormats),
  /** From the offline copy, without asking a server. */
  mirrored: z.boolean().default(false),
  /** IANA name of the zone of times in the HTML file; absent: UTC. */
  zone: zoneSchema.optional(),
});
export type DossierRequest = z.infer<typeof dossierSchema>;

/** Rows of all sections, and what the file says of itself. */
export type DossierResult = { rows: number; manifest: DossierManifest };

const count = z.number().int().min(0);
const resultSchema = z.object({
  rows: count,
  manifest: z.object({
    app: z.string(),
    tenant: z.object({ name: z.string(), endpoint: z.string() }),
    user: z.object({ id: z.string(), name: z.string() }),
    source: z.enum(['server', 'copy', 'snapshot']),
    asOf: z.string().nullable(),
    startedAt: z.string(),
    endedAt: z.string(),
    zone: z.string(),
    complete: z.boolean(),
    userAtEnd: errorSchema.nullable(),
    sections: z.array(
      z.object({
        id: z.string(),
        state: z.enum(sectionStates),
        count,
        report: reportSchema,
        // What could not be read is in the file.
        errors: z.unknown().transform(() => []),
      }),
    ),
  }),
});

export type DossierJobDeps = {
  openTenant: (profile: string) => Promise<Tenant>;
  plainSource: (asked: { query: Query; mirrored: boolean }) => Promise<Source>;
  language: () => string;
  clock: () => number;
};

/** Bytes that are written at a time. */
const batch = 256 * 1024;

/** The dossier as JSON, a row a line, in pieces. */
function* jsonPieces({ sections, names, ...head }: Dossier): Generator<string> {
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "sections": {`;
  let isFirst = true;
  for (const [id, rows] of Object.entries(sections)) {
    yield `${isFirst ? '' : ','}\n    ${JSON.stringify(id)}: [`;
    for (const [at, row] of rows.entries()) yield `${at === 0 ? '' : ','}\n      ${JSON.stringify(row)}`;
    yield rows.length > 0 ? '\n    ]' : ']';
    isFirst = false;
  }
  yield `\n  },\n  "names": ${JSON.stringify(names)}\n}\n`;
}

const writeAll = async (target: Target, pieces: Iterable<string>, signal: AbortSignal): Promise<void> => {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < batch) continue;
    signal.throwIfAborted();
    await target.write(text);
    text = '';
  }
  await target.write(text);
};

/** Everything known of one user into one file; what breaks off leaves nothing. */
export const dossierJob = (deps: DossierJobDeps): JobKind<'dossier', DossierRequest, DossierResult> => ({
  id: 'dossier',
  request: dossierSchema,
  result: resultSchema,
  makes: 'file',
  trimmed: ({ rows, manifest }) => ({
    rows,
    manifest: {
      ...manifest,
      sections: manifest.sections.map((one) => ({ ...one, report: trimmed(one.report), errors: [] })),
    },
  }),
  async open({ profile: idOrName, user, format, mirrored, zone = 'UTC' }, { path = '' }) {
    const { profile, rows, copy } = await deps.openTenant(idOrName);
    const target = await fileTarget(path);
    return {
      about: { title: 'users', profile: profile.id, path },
      kept: null,
      async run({ signal, tell }) {
        try {
          const dossier = await readDossier(
            { user, mirrored, zone },
            {
              profile,
              rows: mirrored ? copy : rows,
              source: (query) => deps.plainSource({ query, mirrored }),
              clock: deps.clock,
              signal,
              onProgress: (title, count) => tell({ rows: count, total: null, title }),
            },
          );
          const pieces =
            format === 'html' ? htmlPieces(dossier, createPhrases(deps.language())) : jsonPieces(dossier);
          await writeAll(target, pieces, signal);
          signal.throwIfAborted();
          await target.finish();
          const { manifest } = dossier;
          return { rows: manifest.sections.reduce((sum, { count }) => sum + count, 0), manifest };
        } catch (error) {
          await target.discard();
          throw error;
        }
      },
    };
  },
});
