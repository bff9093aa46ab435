import { setTimeout as delay } from 'node:timers/promises';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { heldToAccess } from './access.ts';
import { Capabilities, type KeptFound } from './capabilities.ts';
import { type ApiReader, createApiReader } from './client.ts';
import { Limiter } from './limiter.ts';
import { naming, type Origin } from './named.ts';
import { defaultRetry, type RetryPolicy } from './retry.ts';
import type { Send } from './send.ts';
import { requestToken, TokenSource } from './token.ts';
import { createWriter, type Writer } from './writer.ts';

/** All that is open towards one tenant: its token, its turns, its reader, and what it was found to have. */
export type Session = {
  profile: Profile;
  limiter: Limiter;
  tokens: TokenSource;
  api: ApiReader;
  /** Writes, one at a time each, and never again by itself. */
  write: Writer;
  origin: Origin;
  capabilities: Capabilities;
};

export type SessionDeps = {
  send: Send;
  secretOf: (profile: Profile) => Promise<string>;
  language: () => string;
  clock: () => number;
  retry?: RetryPolicy;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  random?: () => number;
  /** The program's end: nobody waits for another try then. */
  ending?: AbortSignal;
  /** What was found of the tenant in an earlier session. */
  kept?: KeptFound;
};

const sleeper =
  (ending: AbortSignal | undefined) =>
  (ms: number, signal?: AbortSignal): Promise<void> => {
    const either = AbortSignal.any([signal, ending].filter((one) => one !== undefined));
    return delay(ms, undefined, { signal: either }).catch(() => {
      throw new DeskError('cancelled');
    });
  };

/** Opens a session; nothing is sent before the first read. */
export const openSession = (profile: Profile, deps: SessionDeps): Session => {
  const limiter = new Limiter(profile.kind, deps.clock);
  const { send, origin } = naming(heldToAccess(profile, deps.send));
  const tokens = new TokenSource(async () => {
    const secret = await deps.secretOf(profile);
    return limiter.run(() => requestToken(send, profile, secret), 'visible');
  }, deps.clock);
  const reached = {
    profile,
    send,
    tokens,
    limiter,
    retry: deps.retry ?? defaultRetry,
    language: deps.language,
    clock: deps.clock,
    sleep: deps.sleep ?? sleeper(deps.ending),
    random: deps.random ?? Math.random,
  };
  const api = createApiReader(reached);
  const write = createWriter({ ...reached, origin });
  const capabilities = new Capabilities({
    api,
    endpoint: profile.endpoint,
    clock: deps.clock,
    ...(deps.kept ? { kept: deps.kept } : {}),
  });
  return { profile, limiter, tokens, api, write, origin, capabilities };
};
