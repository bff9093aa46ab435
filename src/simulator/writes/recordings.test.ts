import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, test } from 'vitest';
import { type Simulator, startSimulator } from '../server.ts';
import { type Exchange, Replay } from './replay.ts';
import { recordedTenant, unrecorded, wholeBodies } from './replay-tenant.ts';

/**
 * Replays every write that was recorded on a real server, in the order in which it was made, against a simulator that holds
 * what that server held. What was done between two recordings without being recorded stands in `replay-tenant.ts`.
 */
const exchanges = JSON.parse(
  readFileSync(new URL('../recordings/writes.json', import.meta.url), 'utf8'),
) as Exchange[];
const isHeld = ({ request }: Exchange) => /^\/api\/(users|organization|roles|resources)/.test(request.path);

/** Recordings that cannot be replayed, with the reason. */
const notReplayed: Readonly<Record<string, string>> = {
  'POST org applications SPA': 'The application is made by an exchange that is not replayed yet.',
  'POST SPA to M2M role': 'The application is made by an exchange that is not replayed yet.',
};

let server: Simulator;
let replay: Replay;
beforeAll(async () => {
  server = await startSimulator({
    tenant: recordedTenant(),
    apps: [{ appId: 'deskm2mappid00000001', secret: 'right', managementRole: true }],
  });
  replay = await Replay.open(server);
});
afterAll(() => server.stop());

test.each(exchanges.filter(isHeld).map((exchange) => [exchange.name, exchange] as const))(
  '%s',
  async (name, exchange) => {
    if (notReplayed[name]) return;
    await unrecorded[name]?.(replay);
    await replay.compare(exchange, wholeBodies[name]);
  },
);
