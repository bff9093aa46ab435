import { startSimulator } from '../src/simulator/server.ts';

/** A tenant in a process of its own; prints `{endpoint, appId, secret}`, answers each message with its request count. */
const server = await startSimulator({ users: 20_000, logs: 100_000 });
const [app] = server.tokens.apps;
let answered = 0;
server.onRequest = () => {
  answered += 1;
};
process.on('message', () => process.send?.({ answered }));
process.once('disconnect', () => process.exit());
process.send?.({ endpoint: server.endpoint, appId: app?.appId, secret: app?.secret });
