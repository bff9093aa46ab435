import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { DeskError } from '../../shared/errors.ts';
import { type ProfileInput, profileOf } from '../../shared/profile.ts';
import { bindingOf, isBoundTo } from './bound-secret.ts';
import { type ConnectionDeps, type ConnectionStep, testConnection } from './connection.ts';
import type { Tenants } from './tenants.ts';

export type TestAsked =
  | { input: ProfileInput; secret: string }
  | { profile: string; input?: ProfileInput | undefined };

type Deps = { tenants: Tenants; connection: ConnectionDeps };

/** How long a test waits to be run once, ms. */
const preparedMs = 60_000;

export const addressesOfHost = async (host: string) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Tests of connections, of stored profiles and of what is being entered. */
export class ConnectionTests {
  readonly #deps: Deps;
  readonly #waiting = new Map<string, TestAsked>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Tests a stored profile, or one as entered. A stored secret serves an entered change that brings none, as long as it
   * stays with its address and app; else `secret.elsewhere`.
   */
  async *test(asked: TestAsked): AsyncGenerator<ConnectionStep> {
    const { tenants, connection } = this.#deps;
    const stored = 'profile' in asked ? await tenants.profile(asked.profile) : null;
    const profile = asked.input ? profileOf(asked.input, stored?.id ?? 'test') : stored;
    if (!profile) throw new DeskError('profile.not_found');
    if (stored && !isBoundTo(bindingOf(stored), profile))
      throw new DeskError('secret.elsewhere', { where: stored.name });
    const secret = 'secret' in asked ? asked.secret : await tenants.secretOf(stored ?? profile);
    yield* testConnection(profile, secret, connection);
  }

  /** Keeps a test, to be run once under a number of its own, for a minute at most. */
  prepare(asked: TestAsked): string {
    const id = randomUUID();
    this.#waiting.set(id, asked);
    setTimeout(() => this.#waiting.delete(id), preparedMs).unref();
    return id;
  }

  async *run(id: string): AsyncGenerator<ConnectionStep> {
    const asked = this.#waiting.get(id);
    if (!asked) throw new DeskError('test.gone');
    this.#waiting.delete(id);
    yield* this.test(asked);
  }
}
