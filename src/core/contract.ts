import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { DeskError, type ErrorValue, errorValueOf } from '../shared/errors.ts';
import type { Core } from './core.ts';

/** A finished job's file or folder, as a door hands it over. */
export type Finished = { id: string; kind: string; path: string; fileName: string };

/** What a door can do that the core cannot. */
export type Door = {
  kind: 'desktop' | 'browser';
  /** Path for a new file, or null when the user cancelled. */
  chooseFile(suggestedName: string): Promise<string | null>;
  /** Path of a folder for several files, or null when the user cancelled. */
  chooseFolder(suggestedName: string): Promise<string | null>;
  /** Path of a snapshot to open, or null when the user cancelled; absent where a path can only be typed. */
  chooseSnapshot?(): Promise<string | null>;
  /** Address where the browser downloads a finished export once; absent where the file is already in its place. */
  download?(job: Finished, what: 'file' | 'manifest'): string;
  /** Puts text into the system's clipboard, for a while only when it is sensitive; absent where the page does it. */
  copy?(text: string, sensitive: boolean): Promise<void>;
  /** Shows a finished export in the system's file manager; absent where there is none. */
  reveal?(job: Finished): void;
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

/** The typed error inside a tRPC error; a refused input says which field, and one of a view that it is that. */
const deskErrorOf = (error: TRPCError): ErrorValue => {
  const { cause } = error;
  if (cause instanceof z.ZodError) {
    const [{ path, message: reason } = { path: [], message: '' }] = cause.issues;
    const code = path[0] === 'query' ? 'query.invalid' : 'input.invalid';
    return { code, detail: { where: path.join('.'), reason } };
  }
  // A check may throw on what no check expects: zod compares the `length` of an object that poses as a string.
  if (error.code === 'BAD_REQUEST' && !(cause instanceof DeskError))
    return { code: 'input.invalid', detail: {} };
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

const lockedError = () => new TRPCError({ code: 'FORBIDDEN', cause: new DeskError('locked') });

/** The values until the app locks: then it throws `locked`, whatever the source waits for. */
async function* untilLocked<Value>(
  values: AsyncIterable<Value>,
  locking: AbortSignal,
): AsyncGenerator<Value, void> {
  const iterator = values[Symbol.asyncIterator]();
  const nextOrLocked = () =>
    new Promise<IteratorResult<Value>>((resolve, reject) => {
      const stop = () => reject(lockedError());
      if (locking.aborted) stop();
      locking.addEventListener('abort', stop, { once: true });
      iterator
        .next()
        .then(resolve, reject)
        .finally(() => locking.removeEventListener('abort', stop));
    });
  try {
    for (;;) {
      const { done, value } = await nextOrLocked();
      if (done) return;
      yield value;
    }
  } finally {
    // A source that is still waiting ends with its caller's signal.
    void iterator.return?.();
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/**
 * What shows or changes something of a tenant: refused while the app is locked. What was under way when it locked ends,
 * too: a subscription stops, and what a query found is not handed out.
 */
export const unlocked = procedure.use(async ({ ctx: { core }, next, type }) => {
  if (core.lock.isClosed) throw lockedError();
  const { signal } = core.lock;
  const result = await next();
  if (!result.ok) return result;
  if (type === 'query' && signal.aborted) throw lockedError();
  return isIterable(result.data) ? { ...result, data: untilLocked(result.data, signal) } : result;
});

/** Id or name of a tenant. */
export const profileId = z.string().min(1).max(64);
