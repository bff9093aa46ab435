import { isIP } from 'node:net';
import { type ConnectionStepId, connectionSteps } from '../../shared/connection-steps.ts';
import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import { addressesOf, type Profile } from '../../shared/profile.ts';
import { systemCode } from '../base/file-errors.ts';
import { heldToAccess } from '../client/access.ts';
import { answerError, jsonOf } from '../client/answer.ts';
import type { Found } from '../client/capabilities.ts';
import type { Send } from '../client/send.ts';
import { openSession, type SessionDeps } from '../client/session.ts';
import { requestToken } from '../client/token.ts';
import { readableRows } from '../rows/readable.ts';

export type ConnectionStep = {
  id: ConnectionStepId;
  state: 'ok' | 'failed' | 'skipped';
  /** What was found, e.g. the addresses of a name. */
  note: string;
  /** Of the last step: what the server was found to have. */
  found?: Found;
  ms: number;
  error: ErrorValue | null;
};

export type ConnectionDeps = Omit<SessionDeps, 'secretOf'> & {
  /** Addresses of a host name. */
  lookup: (host: string) => Promise<string[]>;
  /** True when requests to this address go through a proxy, which then looks the name up. */
  proxied: (url: string) => boolean;
};

const dnsError = (error: unknown, host: string) =>
  new DeskError('network.dns', {
    where: host,
    reason: systemCode(error),
  });

const lookedUp = async (profile: Profile, deps: ConnectionDeps): Promise<string> => {
  const { hostname } = new URL(profile.endpoint);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare)) return bare;
  if (deps.proxied(profile.endpoint)) return 'proxy';
  try {
    return (await deps.lookup(bare)).join(', ');
  } catch (error) {
    throw dnsError(error, bare);
  }
};

const connected = async (profile: Profile, send: Send): Promise<string> => {
  // Any answer shows that the connection stands; `/api/status` asks for no token.
  const { status, headers, text } = await send(`${addressesOf(profile).api}/status`, {});
  // A page is the login of a proxy, or of a guest network.
  if (status < 400 && /^\s*</.test(text)) jsonOf(status, headers, text);
  const error = status < 400 ? null : answerError(status, headers, text);
  if (error?.code === 'http.unreadable') throw error;
  return `${new URL(profile.endpoint).protocol === 'https:' ? 'TLS' : 'HTTP'} · ${status}`;
};

/** What a token request's outcome says of the three steps that it stands for. */
const failsAt = (error: DeskError): ConnectionStepId => {
  if (error.code === 'token.missing_role') return 'scope';
  return error.code.startsWith('token.') ? 'credentials' : 'token';
};

/**
 * Tests a connection step by step and hands out each result as it comes; after a failure the steps that need it are skipped.
 * One token request serves three steps, since each one writes an audit log (FACTS token).
 */
export async function* testConnection(
  profile: Profile,
  secret: string,
  deps: ConnectionDeps,
): AsyncGenerator<ConnectionStep> {
  const send = heldToAccess(profile, deps.send);
  let failed = false;
  const now = () => performance.now();
  const step = async (id: ConnectionStepId, work: () => Promise<string>): Promise<ConnectionStep> => {
    if (failed) return { id, state: 'skipped', note: '', ms: 0, error: null };
    const started = now();
    const ms = () => Math.round(now() - started);
    try {
      return { id, state: 'ok', note: await work(), ms: ms(), error: null };
    } catch (error) {
      failed = true;
      return { id, state: 'failed', note: '', ms: ms(), error: errorValueOf(error) };
    }
  };

  yield await step('name', () => lookedUp(profile, deps));
  yield await step('connection', () => connected(profile, send));

  const addresses = addressesOf(profile);
  let asked: ReturnType<typeof requestToken> | undefined;
  const upTo = (id: ConnectionStepId, note: string) => async () => {
    asked ??= requestToken(send, profile, secret);
    try {
      await asked;
    } catch (error) {
      const known = error instanceof DeskError ? error : new DeskError('internal');
      const order = connectionSteps.indexOf(id) - connectionSteps.indexOf(failsAt(known));
      if (order >= 0) throw known;
    }
    return note;
  };
  yield await step('token', upTo('token', addresses.token));
  yield await step('credentials', upTo('credentials', profile.appId));
  yield await step('scope', upTo('scope', 'all'));
  const session = openSession(profile, { ...deps, secretOf: async () => secret });
  yield await step('page', async () => {
    const token = await asked;
    if (token) session.tokens.adopt(token);
    const query = { profile: profile.id, resource: 'users', filters: {} };
    // A user that the server fails on says nothing of the connection.
    const { total } = await readableRows(session, { query, page: 1, size: pageSize }, deps.clock);
    return String(total ?? '');
  });
  let found: Found | undefined;
  const last = await step('capabilities', async () => {
    found = await session.capabilities.learn();
    return '';
  });
  yield { ...last, ...(found ? { found } : {}) };
}
