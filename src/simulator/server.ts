import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, type Asked, failure, methodNotAllowed, plainNotFound } from './answer.ts';
import { Deliveries } from './deliveries.ts';
import { asOf, type Era, notYet } from './eras.ts';
import { comesBefore, type Fault, Faults } from './faults.ts';
import type { Json } from './json.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { send, tagged } from './send.ts';
import { standingOf } from './standing.ts';
import { managementRoleName, Tenant, type TenantOptions } from './tenant.ts';
import { type Credentials, TokenIssuer } from './token.ts';
import { answerable, hasTooLongName } from './unanswerable.ts';

export type SimulatorOptions = TenantOptions & {
  tenant?: Tenant;
  /** The server whose answers these are; absent: the newest that was measured. */
  era?: Era;
  /** Apps that may ask for tokens; absent: one app with a random secret and the management role. */
  apps?: Credentials[];
  resource?: string;
  /** Path that the server stands under, e.g. `/auth`, as behind a reverse proxy. */
  prefix?: string;
  /** Port on 127.0.0.1; 0, the default, lets the system choose. */
  port?: number;
  /** Unix ms. */
  clock?: () => number;
  /** Answers take the time that pages and writes of a real server take; else as little as they can. */
  timed?: boolean;
  /** A proxy before the server drops the headers that only Logto knows: `Total-Number`, whether it is capped, `Link`. */
  dropsTotals?: boolean;
  /** A proxy that passes the total and drops the header that says that it is capped. */
  dropsCap?: boolean;
  /** What each row of a bulk array takes, ms, in which the server answers nobody (WRITES, bulk); absent: nothing. */
  bulkMsPerRow?: number;
  /** A proxy that tells no larger total than this one. */
  tellsAtMost?: number;
};

const withoutHeaders = (answer: Answer, dropped: readonly string[]): Answer => ({
  ...answer,
  headers: Object.fromEntries(
    Object.entries(answer.headers ?? {}).filter(([name]) => !dropped.includes(name)),
  ),
});

const tellingAtMost = (answer: Answer, most: number): Answer => {
  const total = answer.headers?.['total-number'];
  if (total === undefined || Number(total) <= most) return answer;
  return { ...answer, headers: { ...answer.headers, 'total-number': String(most) } };
};

/** What a page takes on a real server, ms: at all, for a thousand rows counted, for a thousand skipped (FACTS cost). */
const pageCost = { base: 5, counted: 0.14, skipped: 0.65 };

/** What a write takes on a real server that makes four at a time, ms (WRITES, cost). */
const writeCost: Readonly<Record<string, number>> = { POST: 14, PUT: 14, PATCH: 14, DELETE: 26 };
/** A user that is made: four at a time are 66 a second. */
const userCost = 60;

const costOf = ({ headers = {} }: Answer, { method, path, query }: Asked): number => {
  const write = method === 'POST' && path === '/api/users' ? userCost : writeCost[method];
  if (write !== undefined) return write;
  const skipped = (Number(query.get('page') ?? 1) - 1) * Number(query.get('page_size') ?? 20);
  const counted = Number(new Headers(headers).get('total-number') ?? 0);
  return pageCost.base + (pageCost.counted * counted + pageCost.skipped * skipped) / 1_000;
};

/** One answered request, for tests that count. `at` in unix ms. */
export type Seen = {
  method: string;
  path: string;
  query: URLSearchParams;
  status: number;
  at: number;
  headers: IncomingMessage['headers'];
};

/** Bytes; one more is answered as if nothing were there (WRITES, body size). */
const bodyLimit = 1_048_576;

/** A Logto tenant in this process, listening on 127.0.0.1 and behaving as FACTS measured. */
export class Simulator {
  readonly tenant: Tenant;
  readonly era: Era;
  readonly faults = new Faults();
  readonly tokens: TokenIssuer;
  /** Requests answered so far, API and token endpoint, newest last. */
  readonly seen: Seen[] = [];
  /** Runs before each answer; tests change the tenant here. */
  onRequest: (asked: Readonly<Asked>) => void = () => {};
  /** Rows that the server fails on: whatever has to answer with one is a 500. */
  failsOn: (row: Json) => boolean = hasTooLongName;
  /** How a bulk array takes its time, ms. */
  takeTime: (ms: number) => Promise<unknown> = wait;
  readonly #server: Server;
  readonly #clock: () => number;
  readonly #prefix: string;
  readonly #port: number;
  readonly #timed: boolean;
  readonly #dropped: readonly string[];
  readonly #tellsAtMost: number;
  readonly #matchers = matchersOf(routes);
  readonly #bulkMsPerRow: number;
  readonly #deliveries: Deliveries;
  /** Ends when the bulk array ends that holds up everybody. */
  #blocked: Promise<unknown> = Promise.resolve();

  constructor(options: SimulatorOptions = {}) {
    this.tenant = options.tenant ?? new Tenant(options);
    this.era = options.era ?? '1.42';
    this.#clock = options.clock ?? Date.now;
    this.#prefix = options.prefix ?? '';
    this.#port = options.port ?? 0;
    this.#timed = options.timed ?? false;
    this.#dropped = [
      ...(options.dropsTotals ? ['total-number', 'link'] : []),
      ...(options.dropsTotals || options.dropsCap ? ['total-number-is-capped'] : []),
    ];
    this.#tellsAtMost = options.tellsAtMost ?? Number.POSITIVE_INFINITY;
    const apps = options.apps ?? [
      { appId: 'simulatorm2mapp000001', secret: randomBytes(24).toString('base64url'), managementRole: true },
    ];
    this.#bulkMsPerRow = options.bulkMsPerRow ?? 0;
    this.#deliveries = new Deliveries(this.tenant, this.#clock);
    for (const app of apps) {
      this.tenant.registerApp(app.appId, app.managementRole);
      this.tenant.parts.ownSecrets.set(app.appId, () => app.secret);
    }
    this.tokens = new TokenIssuer(
      apps,
      options.resource ?? 'https://default.logto.app/api',
      this.#clock,
      (id, secret) => standingOf(this.tenant, apps, { id, secret, now: this.#clock() }),
    );
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 30_000;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}${this.#prefix}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async start(port = this.#port): Promise<this> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  /** Stops listening and cuts every open connection; `start` may follow. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }

  /** Resolves once every hook was told of what was written so far. */
  delivered(): Promise<void> {
    return this.#deliveries.settled();
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: url.pathname.startsWith(this.#prefix) ? url.pathname.slice(this.#prefix.length) : url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: '',
      origin: this.endpoint,
    };
    // Before the body is read: the caller may be gone by then.
    const answered = Promise.withResolvers<void>();
    response.once('close', answered.resolve);
    const body = await textOf(request);
    asked.body = body ?? '';
    this.onRequest(asked);
    const fault = this.faults.next(asked);
    const answer = body === null ? plainNotFound : await this.#answer(asked, fault, answered.promise);
    if (this.#timed && answer) await wait(costOf(answer, asked));
    this.seen.push({
      method: asked.method,
      path: asked.path,
      query: asked.query,
      status: answer?.status ?? 0,
      at: Date.now(),
      headers: request.headers,
    });
    if (this.seen.length > 100_000) this.seen.splice(0, 50_000);
    if (fault?.kind === 'hang') return;
    if (!answer || fault?.kind === 'cut') {
      response.destroy();
      return;
    }
    const isZipped = String(request.headers['accept-encoding'] ?? '').includes('gzip');
    const text = answer.body === undefined ? (answer.text ?? '') : JSON.stringify(answer.body);
    await send(response, tagged(asked, answer, text), { text, fault, isZipped });
  }

  /** The answer, with what goes wrong before or after the request is carried out. */
  async #answer(asked: Asked, fault: Fault | undefined, answered: Promise<void>): Promise<Answer | null> {
    if (!fault) return this.#carriedOut(asked, answered);
    if (comesBefore(fault)) {
      const wrong = await wrongAnswer(fault);
      return wrong === undefined ? this.#carriedOut(asked, answered) : wrong;
    }
    const answer = await this.#carriedOut(asked, answered);
    const wrong = await wrongAnswer(fault);
    return wrong === undefined ? answer : wrong;
  }

  async #carriedOut(asked: Asked, answered: Promise<void>): Promise<Answer> {
    await this.#blocked;
    if (asked.path === '/oidc/token') return this.#token(asked);
    const absent = notYet(this.era, asked);
    const found = absent && absent.status === 404 ? 'no path' : this.#match(asked);
    if (found === 'no path') return plainNotFound;
    if (!openPaths.includes(asked.path)) {
      const held = this.tokens.check(asked.headers.authorization);
      if (held === 'missing') return failure(asked, 401, 'auth.authorization_header_missing');
      if (held === 'invalid')
        return failure(asked, 401, 'auth.unauthorized', { code: 'ERR_JWS_INVALID', name: 'JWSInvalid' });
      if (held === 'expired')
        return failure(asked, 401, 'auth.unauthorized', { code: 'ERR_JWT_EXPIRED', name: 'JWTExpired' });
      if (held === 'none') return failure(asked, 403, 'auth.forbidden');
    }
    if ('allowed' in found) return { ...methodNotAllowed, headers: { allow: found.allowed.join(', ') } };
    if (absent) return absent;
    const answer = await found.route({
      tenant: this.tenant,
      era: this.era,
      asked,
      id: found.ids[0] ?? '',
      other: found.ids[1] ?? '',
      third: found.ids[2] ?? '',
      now: this.#clock(),
      self: this.tokens.subjectOf(asked.headers.authorization),
    });
    if (answer.fires?.length)
      this.#deliveries.add(answer.fires, { asked, answered, ...found, status: answer.status });
    if (answer.bulk && this.#bulkMsPerRow) await this.#block(answer.bulk * this.#bulkMsPerRow);
    const held = answerable(asOf(this.era, asked, answer), this.failsOn);
    return withoutHeaders(tellingAtMost(held, this.#tellsAtMost), this.#dropped);
  }

  #block(ms: number) {
    this.#blocked = Promise.all([this.#blocked, this.takeTime(ms)]);
    return this.#blocked;
  }

  #token(asked: Asked): Answer {
    if (asked.method !== 'POST') return methodNotAllowed;
    const answer = this.tokens.answer(asked);
    if (this.tenant.auditTokens) {
      this.tenant.insertLog(this.#clock(), 'ExchangeTokenBy.ClientCredentials', {
        result: answer.status === 200 ? 'Success' : 'Error',
        userAgentParsed: { ua: 'node', browser: {}, device: {}, engine: {}, os: {}, cpu: {} },
        ...(answer.appId ? { applicationId: answer.appId } : {}),
        params: { ...Object.fromEntries(new URLSearchParams(asked.body)), client_secret: '******' },
        tokenTypes: ['AccessToken'],
        applicationSecret: { name: 'Default secret' },
      });
    }
    return answer;
  }

  #match({ method, path }: Asked): Found | 'no path' | { allowed: string[] } {
    const allowed = new Set<string>();
    const [, plain = path] = /^(.+?)\/?$/.exec(path) ?? [];
    for (const { pattern, template, names, route, ...matcher } of this.#matchers) {
      const match = pattern.exec(plain);
      if (!match) continue;
      allowed.add(matcher.method);
      if (matcher.method === method || (matcher.method === 'GET' && method === 'HEAD'))
        return { route, template, names, ids: match.slice(1).map(decodeURIComponent) };
    }
    if (allowed.has('GET')) allowed.add('HEAD');
    return allowed.size ? { allowed: methodOrder.filter((one) => allowed.has(one)) } : 'no path';
  }
}

/** A route with the ids of a path, `template` as it is written, `names` of its ids. */
type Found = { route: Route; template: string; names: string[]; ids: string[] };

const methodOrder = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What answers without a token. */
const openPaths = ['/api/status', '/api/.well-known/management.openapi.json'];

const matchersOf = (table: Readonly<Record<string, Route>>) =>
  Object.entries(table).map(([key, route]) => {
    const [method, template] = key.split(' ') as [string, string];
    const names = [...template.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
    const pattern = new RegExp(`^${template.replace(/:\w+/g, '([^/]+)')}$`);
    return { method, route, template, names, pattern };
  });

/** What a fault answers in the place of the server; null nothing at all, undefined what the server says. */
const wrongAnswer = async (fault: Fault): Promise<Answer | null | undefined> => {
  if (fault.kind === 'latency') await wait(fault.ms);
  if (fault.kind === 'held') await fault.until;
  if (fault.kind === 'cut') return null;
  if (fault.kind === 'status')
    return {
      status: fault.status,
      ...(fault.headers ? { headers: fault.headers } : {}),
      ...(fault.body === undefined ? {} : { body: fault.body }),
    };
  if (fault.kind === 'html')
    return {
      status: fault.status,
      headers: { 'content-type': 'text/html' },
      text: '<!doctype html><html><head><title>Attention Required!</title></head><body><h1>Sorry, you have been blocked</h1></body></html>',
    };
  return undefined;
};

/** A body as text; null where it is too large. Throws when the caller is gone before all of it came. */
const textOf = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= bodyLimit) chunks.push(chunk);
  }
  return bytes > bodyLimit ? null : Buffer.concat(chunks).toString('utf8');
};

/** Starts a simulator; `await using` or `stop()` ends it. */
export const startSimulator = (options: SimulatorOptions = {}): Promise<Simulator> =>
  new Simulator(options).start();

export { managementRoleName, Tenant };
