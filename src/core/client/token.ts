import { DeskError } from '../../shared/errors.ts';
import { addressesOf, type Profile } from '../../shared/profile.ts';
import { answerError, jsonOf, whoAnswered } from './answer.ts';
import type { Send } from './send.ts';

/** A token answer (FACTS token); `scope` is absent when the app lacks the role. */
type TokenAnswer = { access_token: string; expires_in: number; scope?: string };

/** A token is renewed this long before it expires. */
const marginMs = 60_000;
/** Callers of a failing tenant share one answer for this long, so that its audit log is not filled. */
const failureMs = 3_000;

const formEncoded = (text: string) => encodeURIComponent(text).replace(/%20/g, '+');

/** RFC 6749 2.3.1: id and secret are form-encoded, then joined and base64-encoded. */
const basicAuth = (appId: string, secret: string) =>
  `Basic ${Buffer.from(`${formEncoded(appId)}:${formEncoded(secret)}`).toString('base64')}`;

/** Which of the failures of FACTS token an answer is. */
const tokenError = (error: DeskError, body: string, profile: Profile): DeskError => {
  const { status, serverCode } = error.detail;
  const detail = { ...error.detail, where: profile.name };
  if (serverCode === 'oidc.invalid_client') {
    return new DeskError(status === 401 ? 'token.wrong_secret' : 'token.unknown_app', detail);
  }
  if (serverCode === 'oidc.invalid_target') return new DeskError('token.wrong_resource', detail);
  if (error.code === 'http.unauthorized' || error.code === 'http.bad_request') {
    const description = /"error_description"\s*:\s*"([^"]{1,200})"/.exec(body)?.[1];
    return new DeskError('token.failed', { ...detail, ...(description ? { reason: description } : {}) });
  }
  return error;
};

/** True where nothing is at an address: not that something was there, and is gone. */
const isNowhere = ({ code, detail }: DeskError): boolean =>
  (code === 'http.not_found' || code === 'http.not_offered') && detail.serverCode === undefined;

const isTokenAnswer = (value: unknown): value is TokenAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'access_token' in value &&
  typeof value.access_token === 'string' &&
  value.access_token !== '';

/** One token request. Throws `token.*`, `network.*` or `http.*`; a token without the `all` scope is `token.missing_role`. */
export const requestToken = async (send: Send, profile: Profile, secret: string): Promise<TokenAnswer> => {
  const addresses = addressesOf(profile);
  const answer = await send(addresses.token, {
    method: 'POST',
    headers: {
      authorization: basicAuth(profile.appId, secret),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: addresses.resource,
      scope: 'all',
    }).toString(),
  });
  if (!answer.ok) {
    const error = answerError(answer.status, answer.headers, answer.text);
    // No Logto lacks its token endpoint: another program answered, or the address leads beside it.
    if (isNowhere(error))
      throw new DeskError('http.unreadable', {
        ...error.detail,
        where: addresses.token,
        reason: ['there is no token endpoint', whoAnswered(answer.headers, '')].filter(Boolean).join('; '),
      });
    throw tokenError(error, answer.text, profile);
  }
  const body = jsonOf(answer.status, answer.headers, answer.text);
  if (!isTokenAnswer(body))
    throw new DeskError('http.unreadable', {
      status: answer.status,
      where: addresses.token,
      reason: ['a token was expected', whoAnswered(answer.headers, '')].filter(Boolean).join('; '),
    });
  if (!body.scope?.split(' ').includes('all'))
    throw new DeskError('token.missing_role', { where: profile.appId });
  return body;
};

/** The access token of one tenant: cached until a minute before it expires, asked for once however many callers wait. */
export class TokenSource {
  readonly #request: () => Promise<TokenAnswer>;
  readonly #clock: () => number;
  #token: { value: string; until: number } | null = null;
  #failure: { error: unknown; until: number } | null = null;
  #pending: Promise<string> | null = null;

  constructor(request: () => Promise<TokenAnswer>, clock: () => number) {
    this.#request = request;
    this.#clock = clock;
  }

  get(): Promise<string> {
    const now = this.#clock();
    if (this.#token && this.#token.until > now) return Promise.resolve(this.#token.value);
    if (this.#failure && this.#failure.until > now) return Promise.reject(this.#failure.error);
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = null;
    });
    return this.#pending;
  }

  /** Forgets `token` after a 401, unless a newer one has already taken its place. */
  drop(token: string) {
    if (this.#token?.value === token) this.#token = null;
  }

  /** Takes a token that was asked for at `asked`, unix ms. */
  adopt({ access_token: value, expires_in: seconds }: TokenAnswer, asked = this.#clock()) {
    const lifeMs = (Number.isFinite(seconds) ? seconds : 0) * 1000;
    // A life shorter than the margin is still used for half its length, else every call would ask anew.
    this.#token = { value, until: asked + Math.max(lifeMs - marginMs, lifeMs / 2) };
    this.#failure = null;
  }

  async #renew(): Promise<string> {
    const asked = this.#clock();
    try {
      const answer = await this.#request();
      this.adopt(answer, asked);
      return answer.access_token;
    } catch (error) {
      const lasting = error instanceof DeskError && error.code.startsWith('token.');
      this.#failure = lasting ? { error, until: asked + failureMs } : null;
      throw error;
    }
  }
}
