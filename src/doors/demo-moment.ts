import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isElsewhere } from '../core/base/processes.ts';
import { ownFolder } from './data-dir.ts';
import { exclusively } from './exclusively.ts';

const minute = 60_000;

/** How long the demo of an installation stays the same one, ms: a working day, and the next morning has logs of its own. */
const keptMs = 12 * 60 * minute;

/** How long another program's choice is waited for, ms. */
const waitMs = 5_000;

/** When the demo's newest log was written, unix ms. `isNew`: what is kept of the demo is of another moment. */
export type DemoMoment = { at: number; isNew: boolean };

const keptSchema = z.object({
  at: z.int(),
  /** The programs that run this demo, as far as they still run: each with its process, and when that was noted, unix ms. */
  users: z.array(z.object({ pid: z.int(), since: z.number() })).default([]),
});

const keptIn = (path: string): z.infer<typeof keptSchema> | null => {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
};

/**
 * The moment that the demo of a data folder is of. Every program of the folder has the same one, as all of the demo's data
 * follows from it and they share one copy; after half a day it is this minute, unless another program still runs the demo as it
 * was. Tests hold it (`LOGTO_DESK_DEMO_AT`).
 */
export const demoMoment = (
  dataDir: string,
  now: number = Date.now(),
  env: NodeJS.ProcessEnv = process.env,
): DemoMoment => {
  const held = Date.parse(env.LOGTO_DESK_DEMO_AT ?? '');
  const begun = Number.isNaN(held) ? Math.floor(now / minute) * minute : held;
  const path = join(dataDir, 'demo.json');
  const chosen = (): DemoMoment => {
    const kept = keptIn(path);
    const others = (kept?.users ?? []).filter(({ pid, since }) => isElsewhere(pid, since));
    const isFresh = kept !== null && kept.at <= now && (now - kept.at < keptMs || others.length > 0);
    const at = isFresh && Number.isNaN(held) ? kept.at : begun;
    const isNew = at !== kept?.at;
    const users = [...(isNew ? [] : others), { pid: process.pid, since: Date.now() }];
    writeFileSync(path, `${JSON.stringify({ at, users })}\n`, { mode: 0o600 });
    return { at, isNew };
  };
  try {
    ownFolder(dataDir);
    return exclusively(join(dataDir, 'demo.lock'), waitMs, chosen);
  } catch {
    // Where nothing can be written, no copy is kept either.
    return { at: begun, isNew: false };
  }
};
