import { expect } from 'vitest';
import type { Json } from '../json.ts';
import type { Simulator } from '../server.ts';

export type Exchange = {
  name: string;
  request: { method: string; path: string; body?: unknown; headers?: Record<string, string> };
  status: number;
  headers: Record<string, string>;
  body: unknown;
  /** Only the fields that the request touched were kept of a long row. */
  partial?: boolean;
};

type Answered = { status: number; headers: Headers; body: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Texts that the recording cut: `xxx… (200 chars)`, `😀×65`. */
const wholeText = (text: string): string => {
  const emoji = /^(.+)×(\d+)$/u.exec(text);
  if (emoji) return String(emoji[1]).repeat(Number(emoji[2]));
  const cut = /^(.).*… \((\d+) chars\)$/u.exec(text);
  return cut ? String(cut[1]).repeat(Number(cut[2])) : text;
};

const whole = (value: unknown): unknown => {
  if (typeof value === 'string') return wholeText(value);
  if (Array.isArray(value)) return value.map(whole);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
};

/** What differs from server to server: of it only the kind is compared. */
const own = new Set([
  'id',
  'createdAt',
  'updatedAt',
  'expiresAt',
  'lastSignInAt',
  'sieOrder',
  'error',
  'formatted',
  'unformatted',
]);

/** The recorded exchanges asked of a simulator, with its ids in the place of the recorded ones. */
export class Replay {
  readonly server: Simulator;
  /** What the receiver of hooks answers with at `/t`. */
  receiverAnswers = 200;
  readonly #token: string;
  readonly #ids = new Map<string, string>();

  constructor(server: Simulator, token: string) {
    this.server = server;
    this.#token = token;
  }

  static async open(server: Simulator): Promise<Replay> {
    const [app] = server.tokens.apps;
    const response = await fetch(`${server.endpoint}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${app?.appId}:${app?.secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: server.tokens.resource,
        scope: 'all',
      }),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    return new Replay(server, access_token);
  }

  /** A recorded id, or text, is this one here. */
  knows(theirs: string, ours: string) {
    if (theirs && theirs !== ours) this.#ids.set(theirs, ours);
  }

  ours(text: string): string {
    return [...this.#ids].reduce((all, [theirs, ours]) => all.replaceAll(theirs, ours), text);
  }

  /** Asks; ids of the path and the body may be recorded ones. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(this.server.endpoint + this.ours(path), {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), this.ours(value)]),
        ),
      },
      ...(text === undefined ? {} : { body: this.ours(text) }),
    });
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(answer) : answer === '' ? null : answer,
    };
  }

  /** Makes something of which only the id is known from later recordings. */
  async make(theirs: string, path: string, body: unknown): Promise<void> {
    const answer = await this.ask('POST', path, body);
    expect(answer.status, `making ${theirs}`).toBeLessThan(300);
    this.knows(theirs, String((answer.body as Json).id));
  }

  async compare({ request, status, headers, body, partial }: Exchange, given: unknown = request.body) {
    const answer = await this.ask(request.method, request.path, whole(given), request.headers);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    if (headers['content-type']) expect(answer.headers.get('content-type')).toBe(headers['content-type']);
    if (headers.allow)
      expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(
        headers.allow.split(', ').toSorted(),
      );
    expect(answer.headers.has('etag')).toBe(headers.etag !== undefined);
    this.#agree(answer.body, whole(body), 'body', partial ?? false);
    if (isObject(given)) this.#agreeOnAsked(answer.body, body, given);
  }

  /** An id or a moment that was asked for is taken, or is not, as it was there. */
  #agreeOnAsked(ours: unknown, theirs: unknown, asked: Json) {
    if (!isObject(ours) || !isObject(theirs)) return;
    for (const key of ['id', 'expiresAt', 'createdAt']) {
      // A moment of creation that was read before is the recorded server's own.
      if (!(key in asked) || !(key in theirs) || (key === 'createdAt' && Number(asked[key]) > 1e9)) continue;
      const value = typeof asked[key] === 'string' ? this.ours(asked[key]) : asked[key];
      expect(ours[key] === value, `${key} as asked`).toBe(theirs[key] === asked[key]);
    }
  }

  #agree(ours: unknown, theirs: unknown, at: string, partial: boolean) {
    const key = at.split('.').at(-1) ?? '';
    if (typeof theirs === 'string') {
      if (own.has(key) || theirs.endsWith('…')) {
        expect(typeof ours, at).toBe('string');
        if (own.has(key) || theirs.length > 4) this.knows(theirs, String(ours));
        return;
      }
      expect(ours, at).toBe(this.ours(theirs));
      return;
    }
    if (Array.isArray(theirs)) {
      expect(ours, at).toHaveLength(theirs.length);
      theirs.forEach((inner, n) => void this.#agree((ours as unknown[])[n], inner, `${at}.${n}`, false));
      return;
    }
    if (!isObject(theirs)) {
      if (own.has(key) && typeof theirs === 'number') expect(typeof ours, at).toBe('number');
      else expect(ours, at).toEqual(theirs);
      return;
    }
    if ('__array' in theirs) {
      expect(ours, at).toHaveLength(Number(theirs.__array));
      return;
    }
    expect(isObject(ours), at).toBe(true);
    // The recording left out what is secret by its name.
    const names = Object.keys(ours as Json).filter((name) => name in theirs || !secretNames.has(name));
    if (!partial) expect(names.toSorted(), at).toEqual(Object.keys(theirs).toSorted());
    for (const [name, inner] of Object.entries(theirs))
      this.#agree((ours as Json)[name], inner, `${at}.${name}`, false);
  }
}

const secretNames = new Set(['secret', 'passwordDigest', 'passwordAlgorithm']);
