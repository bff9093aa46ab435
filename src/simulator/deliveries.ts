import { createHmac } from 'node:crypto';
import type { Asked, Fired } from './answer.ts';
import type { Json } from './json.ts';
import type { Tenant } from './tenant.ts';

/** The write that a hook is told of. `template` as the route's path is written, with `names` for its `ids`. */
type Cause = {
  asked: Asked;
  /** Resolves when the answer is out. */
  answered: Promise<void>;
  template: string;
  names: readonly string[];
  ids: readonly string[];
  status: number;
};

/** A demo calls nobody: only receivers on this machine are told. */
export const isHere = (url: string) => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
};

export type Sent = { statusCode: number; body: string } | { error: string };

/** Posts a payload to a hook's url, signed with its key, once. */
export const sendTo = async (hook: { config: Json; signingKey: unknown }, payload: Json): Promise<Sent> => {
  const url = String(hook.config.url);
  if (!isHere(url)) return { error: 'TypeError: fetch failed' };
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', String(hook.signingKey)).update(body).digest('hex');
  const own = typeof hook.config.headers === 'object' ? (hook.config.headers as Record<string, string>) : {};
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'user-agent': 'Logto (https://logto.io/)',
        'content-type': 'application/json',
        ...own,
        'logto-signature-sha-256': signature,
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    return { statusCode: response.status, body: await response.text() };
  } catch (error) {
    return { error: String(error) };
  }
};

const isRefused = (sent: Sent) => 'error' in sent || sent.statusCode >= 400;

/** Tells hooks of writes, after the answer, in order, one try each; every try leaves a row (WRITES, webhooks). */
export class Deliveries {
  readonly #tenant: Tenant;
  readonly #clock: () => number;
  #last: Promise<void> = Promise.resolve();

  constructor(tenant: Tenant, clock: () => number) {
    this.#tenant = tenant;
    this.#clock = clock;
  }

  settled(): Promise<void> {
    return this.#last;
  }

  add(fired: readonly Fired[], { asked, answered, template, names, ids, status }: Cause) {
    const at = this.#clock();
    for (const { event, data, more } of fired) {
      const payload = {
        event,
        createdAt: new Date(at).toISOString(),
        ip: '::ffff:127.0.0.1',
        ...(asked.headers['user-agent'] ? { userAgent: asked.headers['user-agent'] } : {}),
        path: asked.path,
        method: asked.method,
        status,
        params: Object.fromEntries(names.map((name, n) => [name, ids[n]])),
        matchedRoute: template,
        // The row as it is now, not as it will be when the hook is told.
        data: structuredClone(data ?? null),
        ...more,
      };
      for (const hook of this.#tenant.hooks) {
        const events = Array.isArray(hook.events) ? hook.events : [];
        if (hook.enabled === true && events.includes(event))
          this.#deliver(hook, { event, payload, answered });
      }
    }
  }

  #deliver(
    hook: Json,
    { event, payload, answered }: { event: string; payload: Json; answered: Promise<void> },
  ) {
    const told = { config: hook.config as Json, signingKey: hook.signingKey };
    this.#last = this.#last.then(async () => {
      await answered;
      const body = { hookId: hook.id, ...payload };
      const sent = await sendTo(told, body);
      const key = `TriggerHook.${event}`;
      this.#tenant.parts.hookLogs.unshift({
        tenantId: 'default',
        id: this.#tenant.newId(21),
        key,
        payload: {
          key,
          result: isRefused(sent) ? 'Error' : 'Success',
          hookId: hook.id,
          hookRequest: { body, headers: told.config.headers ?? {} },
          ...('error' in sent ? { error: sent.error } : { response: sent }),
        },
        createdAt: this.#clock(),
      });
    });
  }
}
