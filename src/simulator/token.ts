import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { type Answer, type Asked, json } from './answer.ts';

/** An M2M app that may ask for tokens. */
export type Credentials = { appId: string; secret: string; managementRole: boolean };

/** What a tenant says to an App ID and its secret. */
export type Standing = 'unknown' | 'wrong secret' | 'known' | 'may do all';

const lifetime = 3600;
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const oidc = (status: number, code: string, error: string, description: string, message?: string): Answer =>
  json(
    { code, message: message ?? `An OIDC error occurred: ${code}.`, error, error_description: description },
    status,
  );

/** The token endpoint and what it issued (FACTS token). */
export class TokenIssuer {
  readonly apps: Credentials[];
  readonly resource: string;
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  readonly #issued = new Map<string, { appId: string; scope: string; expiresAt: number }>();
  readonly #clock: () => number;
  /** Token requests answered so far. */
  asked = 0;
  readonly #standing: (id: string, secret: string) => Standing;

  constructor(
    apps: Credentials[],
    resource: string,
    clock: () => number,
    standing: (id: string, secret: string) => Standing,
  ) {
    this.apps = apps;
    this.#standing = standing;
    this.resource = resource;
    this.#clock = clock;
  }

  /** Every issued token stops working, as after a key rotation. */
  revokeAll() {
    this.#issued.clear();
  }

  answer(asked: Asked): Answer & { appId?: string } {
    this.asked += 1;
    const form = new URLSearchParams(asked.body);
    const [id, secret] = credentialsOf(asked, form);
    const standing = this.#standing(id, secret);
    if (standing === 'unknown')
      return oidc(400, 'oidc.invalid_client', 'invalid_client', `invalid client ${id}`);
    if (standing === 'wrong secret') {
      const answer = oidc(401, 'oidc.invalid_client', 'invalid_client', 'client authentication failed');
      const challenge = `Basic realm="${asked.origin}/oidc", error="invalid_client", error_description="client authentication failed"`;
      return { ...answer, headers: { 'www-authenticate': challenge } };
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return oidc(
        400,
        'oidc.unsupported_grant_type',
        'unsupported_grant_type',
        'unsupported grant_type requested',
        'Unsupported `grant_type` requested.',
      );
    }
    const resource = form.get('resource');
    if (resource !== this.resource) {
      const reason = resource
        ? 'resource indicator is missing, or unknown'
        : 'both `resource` and `organization_id` are not provided';
      return oidc(400, 'oidc.invalid_target', 'invalid_target', reason, 'Invalid resource indicator.');
    }
    // Without the role, or with no scope asked, the token comes all the same, only its scope is missing.
    const granted = standing === 'may do all' && form.get('scope')?.split(' ').includes('all');
    return { ...json(this.#issue(id, granted ? 'all' : '', asked.origin)), appId: id };
  }

  #issue(appId: string, scope: string, origin: string) {
    const now = Math.floor(this.#clock() / 1000);
    const head = `${encoded({ alg: 'ES384', typ: 'at+jwt' })}.${encoded({
      jti: randomBytes(12).toString('base64url'),
      sub: appId,
      iat: now,
      exp: now + lifetime,
      client_id: appId,
      iss: `${origin}/oidc`,
      aud: this.resource,
      ...(scope ? { scope } : {}),
    })}`;
    const token = `${head}.${sign('sha384', Buffer.from(head), { key: this.#key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    this.#issued.set(token, { appId, scope, expiresAt: (now + lifetime) * 1000 });
    return { access_token: token, expires_in: lifetime, token_type: 'Bearer', ...(scope ? { scope } : {}) };
  }

  /** The app that a bearer token was issued to. */
  subjectOf(header: string | undefined): string {
    return this.#issued.get(/^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '')?.appId ?? '';
  }

  /** What a bearer token allows: `all`, nothing but its own identity (`none`), or not valid at all. */
  check(header: string | undefined): 'missing' | 'invalid' | 'expired' | 'none' | 'all' {
    const token = /^Bearer (.+)$/.exec(header ?? '')?.[1];
    if (!token) return 'missing';
    const known = this.#issued.get(token);
    if (!known) return 'invalid';
    if (known.expiresAt <= this.#clock()) return 'expired';
    return known.scope === 'all' ? 'all' : 'none';
  }
}

const credentialsOf = (asked: Asked, form: URLSearchParams): [string, string] => {
  const basic = /^Basic (.+)$/.exec(asked.headers.authorization ?? '')?.[1];
  if (!basic) return [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  const text = Buffer.from(basic, 'base64').toString();
  const colon = text.indexOf(':');
  // RFC 6749 2.3.1: both parts are form-encoded inside Basic.
  const part = (value: string) => decodeURIComponent(value.replace(/\+/g, ' '));
  return [part(text.slice(0, colon)), part(text.slice(colon + 1))];
};
