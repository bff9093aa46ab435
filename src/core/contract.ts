import { initTRPC, type TRPCError } from '@trpc/server';
import { z } from 'zod';
import { DeskError, type ErrorValue, errorValueOf } from '../shared/errors.ts';
import type { Core } from './core.ts';
import type { Job } from './jobs.ts';

/** What a door can do that the core cannot. */
export type Door = {
  kind: 'desktop' | 'browser';
  /** Path for a new file, or null when the user cancelled. */
  chooseFile(suggestedName: string): Promise<string | null>;
  /** Path of a folder for several files, or null when the user cancelled. */
  chooseFolder(suggestedName: string): Promise<string | null>;
  /** Path of a snapshot to open, or null when the user cancelled; absent where a path can only be typed. */
  chooseSnapshot?(): Promise<string | null>;
  /** Address where the browser downloads a finished export; null where the file is already in its place. */
  downloadUrl(job: Job): string | null;
  /** Puts text into the system's clipboard, for a while only when it is sensitive; absent where the page does it. */
  copy?(text: string, sensitive: boolean): Promise<void>;
  /** Shows a finished export in the system's file manager; absent where there is none. */
  reveal?(job: Job): void;
};

export type Context = { core: Core; door: Door };

export const t = initTRPC.context<Context>().create({
  sse: { ping: { enabled: true, intervalMs: 15_000 } },
  errorFormatter: ({ shape, error }) => ({
    message: 'error',
    code: shape.code,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      desk: deskErrorOf(error),
    },
  }),
});

/** The typed error inside a tRPC error; a refused input says which field. */
const deskErrorOf = (error: TRPCError): ErrorValue => {
  const { cause } = error;
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    return {
      code: 'query.invalid',
      detail: { where: issue?.path.join('.') ?? '', reason: issue?.message ?? '' },
    };
  }
  // A check may throw on what no check expects: zod compares the `length` of an object that poses as a string.
  if (error.code === 'BAD_REQUEST' && !(cause instanceof DeskError))
    return { code: 'query.invalid', detail: { reason: 'the input cannot be read' } };
  return errorValueOf(cause);
};

/** Typed errors keep their code; anything else is logged here, where its text may stay, and leaves as `internal`. */
export const procedure = t.procedure.use(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok || result.error.cause instanceof DeskError || result.error.code === 'BAD_REQUEST')
    return result;
  ctx.core.log.error(`${path}: ${result.error.cause?.name ?? result.error.code}`);
  return result;
});

/** What shows or changes something of a tenant; refused while the app is locked. */
export const unlocked = procedure.use(({ ctx, next }) => {
  if (ctx.core.lock.isClosed) throw new DeskError('locked');
  return next();
});

/** Id or name of a tenant. */
export const profileId = z.string().min(1).max(64);
