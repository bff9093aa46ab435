import type { Demo } from '../core/tenants/demo.ts';

const minute = 60_000;

/** When the demo's newest log was written, unix ms: in this minute, or where tests hold it (`LOGTO_DESK_DEMO_AT`). */
const demoAnchor = (env: NodeJS.ProcessEnv): number => {
  const held = Date.parse(env.LOGTO_DESK_DEMO_AT ?? '');
  return Number.isNaN(held) ? Math.floor(Date.now() / minute) * minute : held;
};

/** Starts the demo tenant in this process; the simulator is loaded only then. */
export const startDemo = async (): Promise<Demo> => {
  const { startSimulator } = await import('../simulator/server.ts');
  const simulator = await startSimulator({ anchor: demoAnchor(process.env) });
  const [app] = simulator.tokens.apps;
  return {
    endpoint: simulator.endpoint,
    resource: simulator.tokens.resource,
    appId: app?.appId ?? '',
    secret: app?.secret ?? '',
    stop: () => simulator.stop(),
  };
};
