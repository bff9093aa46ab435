import type { Json } from '../json.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../server.ts';

export type Answered = { status: number; headers: Headers; body: Json; text: string };
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  init?: { headers?: Record<string, string>; signal?: AbortSignal },
) => Promise<Answered>;

/** A simulator with few users, and somebody who may ask it for everything. */
export const asking = async (
  options: SimulatorOptions = {},
): Promise<{ server: Simulator; ask: Ask; token: string }> => {
  const server = await startSimulator({ users: 30, logs: 20, ...options });
  const token = await tokenOf(server);
  const ask: Ask = async (method, path, body, { headers = {}, signal } = {}) => {
    const response = await fetch(server.endpoint + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as Json) : {},
      text,
    };
  };
  return { server, ask, token };
};

/** The token that one of a simulator's apps gets; empty where it is refused. */
export const tokenOf = async (server: Simulator, app = server.tokens.apps[0]): Promise<string> => {
  const response = await fetch(`${server.endpoint}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${app?.appId}:${app?.secret}`)}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: server.tokens.resource,
      scope: 'all',
    }),
  });
  return String(((await response.json()) as Json).access_token ?? '');
};
