import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../core/core.ts';
import type { CoreDeps, Log } from '../core/deps.ts';
import type { Job } from '../core/job-kinds.ts';
import type { Keychain } from '../core/tenants/keychain.ts';
import type { Simulator } from '../simulator/server.ts';
import { createNodeCore } from './node-core.ts';

/** The terminal's program: `npm test` names the built one, which starts in half the time; else its source. */
export const deskProgram = process.env.LOGTO_DESK_PROGRAM ?? join(import.meta.dirname, '../cli/main.ts');

/** A log that keeps its lines, so that a test can look for what must not be in them. */
export const keptLog = (): Log & { lines: string[] } => {
  const lines: string[] = [];
  const keep = (text: string) => void lines.push(text);
  return { lines, info: keep, warn: keep, error: keep };
};

/**
 * A keychain in memory, for tests that ask thousands of times: the desktop's own is tested elsewhere, and a key ring
 * fails when it is opened tens of thousands of times a minute.
 */
export const memoryKeychain = (): Keychain => {
  const secrets = new Map<string, string>();
  return {
    get: async (account) => secrets.get(account) ?? null,
    set: async (account, secret) => void secrets.set(account, secret),
    delete: async (account) => void secrets.delete(account),
  };
};

export type TestCore = {
  core: Core;
  dataDir: string;
  log: ReturnType<typeof keptLog>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A real core on a folder of its own, with the system's keychain under a service name of its own. */
export const testCore = (
  overrides: Partial<CoreDeps> = {},
  options: { dataDir?: string; service?: string } = {},
): TestCore => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'logto-desk-test-'));
  const log = keptLog();
  const core = createNodeCore(
    { dataDir, keychainService: options.service ?? `logto-desk-test-${randomUUID()}` },
    { log, retry: { tries: 4, baseMs: 5, longestMs: 2_000 }, ...overrides },
  );
  return {
    core,
    dataDir,
    log,
    async [Symbol.asyncDispose]() {
      // A folder of its own goes with all that is in it; a secret in the keychain would stay.
      for (const { id } of core.profiles.list())
        if (options.dataDir || core.secrets.placeOf(id) === 'keychain')
          await core.profiles.remove(id).catch(() => {});
      await core.stop();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** The job as one of its kind; throws for a job of another kind. */
export const jobOf = <Id extends Job['kind']>(job: Job, kind: Id): Extract<Job, { kind: Id }> => {
  const isOfKind = (one: Job): one is Extract<Job, { kind: Id }> => one.kind === kind;
  if (!isOfKind(job)) throw new Error(`a ${job.kind}, not a ${kind}`);
  return job;
};

/** Adds the simulator as an OSS tenant; the secret is in memory unless the keychain is asked for. */
export const addSimulator = async (
  core: Core,
  simulator: Simulator,
  name = 'Test',
  place: 'keychain' | 'memory' = 'memory',
) => {
  const [app] = simulator.tokens.apps;
  return core.profiles.add(
    { kind: 'oss', name, endpoint: simulator.endpoint, appId: app?.appId ?? '' },
    app?.secret ?? '',
    place,
  );
};
