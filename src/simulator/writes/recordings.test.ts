import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, test } from 'vitest';
import { type Simulator, startSimulator } from '../server.ts';
import { type Exchange, Replay } from './replay.ts';
import { recordedAt, recordedTenant, unrecorded, wholeBodies } from './replay-tenant.ts';

/**
 * Replays every write that was recorded on a real server, in the order in which it was made, against a simulator that holds
 * what that server held. What was done between two recordings without being recorded stands in `replay-tenant.ts`.
 */
const exchanges = JSON.parse(
  readFileSync(new URL('../recordings/writes.json', import.meta.url), 'utf8'),
) as Exchange[];

let server: Simulator;
/** The recorded moments are this server's present: what was to expire later still is. */
const recordedClock = () => {
  const ahead = recordedAt - Date.now();
  return () => Date.now() + ahead;
};
let replay: Replay;
beforeAll(async () => {
  server = await startSimulator({
    tenant: recordedTenant(),
    clock: recordedClock(),
    apps: [{ appId: 'deskm2mappid00000001', secret: 'right', managementRole: true }],
  });
  replay = await Replay.open(server);
  await once(others.listen(0, '127.0.0.1'), 'listening');
  const { port } = others.address() as AddressInfo;
  for (const theirs of [3977, 3101]) replay.knows(`127.0.0.1:${theirs}`, `127.0.0.1:${port}`);
});
afterAll(async () => {
  await server.delivered();
  await server.stop();
  others.close();
});

const endpointsOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/me`,
  jwks_uri: `${issuer}/jwks`,
});

/** Who else was there: a receiver of hooks, and another Logto that is an issuer. */
const others = createServer((request, response) => {
  const statuses: Record<string, number> = { '/t': replay.receiverAnswers, '/t404': 404 };
  response.writeHead(statuses[request.url ?? ''] ?? 200, { 'content-type': 'application/json' });
  const issuer = `http://${request.headers.host}/oidc`;
  const isIssuer = request.url?.endsWith('/.well-known/openid-configuration');
  response.end(JSON.stringify(isIssuer ? endpointsOf(issuer) : { ok: true }));
});

test.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', async (name, exchange) => {
  await unrecorded[name]?.(replay);
  await replay.compare(exchange, wholeBodies[name]);
});
