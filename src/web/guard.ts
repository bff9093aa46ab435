import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pageKeyHeader } from '../shared/page-key.ts';

/** Compared by bytes: two strings of one length may have different numbers of them. */
const same = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Every value of a cookie: others may have set one of the same name, for a path or a domain of theirs. */
const cookiesOf = (request: IncomingMessage, name: string): string[] =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));

/** What the one who brought the token gets: a cookie, and a key that its page sends along with every call. */
export type Admission = { cookie: string; key: string };

/**
 * Who may talk to the browser door: the browser that brought the one-time token, from our own page, by our own name.
 *
 * `Host` stops DNS rebinding, `Origin` and `Sec-Fetch-Site` stop other sites. Cookies know no ports, so one for 127.0.0.1
 * would go to every other server there, whoever runs it: the door has a name of its own for each run, which nobody else is
 * asked by. Where a browser cannot resolve that name, the plain address serves; then, too, whoever learns the cookie lacks
 * the page's key, which the browser keeps for one origin, port included.
 */
export class Guard {
  #token: string | null = randomBytes(32).toString('base64url');
  readonly #session = randomBytes(32).toString('base64url');
  readonly #key = randomBytes(32).toString('base64url');
  readonly #port: number;
  /** Names that the door answers to; from the first visit on only the one that it came by. */
  #hosts: readonly string[];

  /** `named`: the door may have a name of its own, as nobody else listens where browsers look for it. */
  constructor(port: number, named: boolean) {
    this.#port = port;
    const own = named ? [`desk-${randomBytes(8).toString('hex')}.localhost:${port}`] : [];
    this.#hosts = [...own, `127.0.0.1:${port}`];
  }

  /** The addresses that open the door, once; the best first. */
  get addresses(): string[] {
    return this.#hosts.map((host) => `http://${host}/?token=${this.#token ?? ''}`);
  }

  get #cookieName() {
    // Cookies know no ports: another door on this machine must not overwrite ours.
    return `logto-desk-${this.#port}`;
  }

  #isOurs(host: string | undefined): host is string {
    return host !== undefined && this.#hosts.includes(host);
  }

  /** True when the request was sent to our own name by our own page, or by nobody's. */
  isOwn(request: IncomingMessage): boolean {
    const { host, origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (!this.#isOurs(host)) return false;
    if (origin !== undefined && origin !== `http://${host}`) return false;
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
      this.#isOurs(headers.host) &&
      method === 'GET' &&
      headers['sec-fetch-mode'] === 'navigate' &&
      headers['sec-fetch-dest'] === 'document'
    );
  }

  /** True for the browser that was let in: enough for the interface's files, which hold nothing of a tenant. */
  isKnown(request: IncomingMessage): boolean {
    return cookiesOf(request, this.#cookieName).some((value) => same(value, this.#session));
  }

  /** True for our own page in that browser: it alone can send the key along. */
  isPage(request: IncomingMessage): boolean {
    const key = request.headers[pageKeyHeader];
    return this.isKnown(request) && typeof key === 'string' && same(key, this.#key);
  }

  /** The way in for the one who brings the token, which is used up. Null for anybody else. */
  admit(request: IncomingMessage, token: string): Admission | null {
    const { host } = request.headers;
    if (!this.#token || !same(token, this.#token) || !this.#isOurs(host)) return null;
    this.#token = null;
    this.#hosts = [host];
    const cookie = `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
    return { cookie, key: this.#key };
  }
}
