import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const cookieOf = (request: IncomingMessage, name: string): string => {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
};

/**
 * Who may talk to the browser door: the browser that brought the one-time token, from our own page, by our own name.
 * `Host` stops DNS rebinding, `Origin` and `Sec-Fetch-Site` stop other sites.
 */
export class Guard {
  #token: string | null = randomBytes(32).toString('base64url');
  readonly #session = randomBytes(32).toString('base64url');
  readonly #host: string;

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`;
  }

  get origin(): string {
    return `http://${this.#host}`;
  }

  /** The address that opens the door, once. */
  get address(): string {
    return `${this.origin}/?token=${this.#token ?? ''}`;
  }

  get #cookieName() {
    // Cookies know no ports: another door on this machine must not overwrite ours.
    return `logto-desk-${this.#host.split(':')[1]}`;
  }

  /** True when the request was sent to our own name by our own page, or by nobody's. */
  isOwn(request: IncomingMessage): boolean {
    const { host, origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (host !== this.#host) return false;
    if (origin !== undefined && origin !== this.origin) return false;
    if (request.method !== 'GET' && origin === undefined) return false;
    return site === undefined || site === 'same-origin' || site === 'none';
  }

  /**
   * True for a navigation that came from elsewhere: the page that opens the app window is a file. Only the one-time token
   * makes anything of it.
   */
  isArrival(request: IncomingMessage): boolean {
    const { headers, method } = request;
    return (
      headers.host === this.#host &&
      method === 'GET' &&
      headers['sec-fetch-mode'] === 'navigate' &&
      headers['sec-fetch-dest'] === 'document'
    );
  }

  isKnown(request: IncomingMessage): boolean {
    return same(cookieOf(request, this.#cookieName), this.#session);
  }

  /** The session cookie for the one who brings the token; the token is used up. Null for anybody else. */
  admit(token: string): string | null {
    if (!this.#token || !same(token, this.#token)) return null;
    this.#token = null;
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}
