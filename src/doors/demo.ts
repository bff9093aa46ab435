import type { Demo } from '../core/core.ts';

/** Starts the demo tenant in this process; the simulator is loaded only then. */
export const startDemo = async (): Promise<Demo> => {
  const { startSimulator } = await import('../simulator/server.ts');
  const simulator = await startSimulator();
  const [app] = simulator.tokens.apps;
  return {
    endpoint: simulator.endpoint,
    resource: simulator.tokens.resource,
    appId: app?.appId ?? '',
    secret: app?.secret ?? '',
    stop: () => simulator.stop(),
  };
};
