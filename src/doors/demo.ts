import type { Demo } from '../core/tenants/demo.ts';
import { type DemoMoment, demoMoment } from './demo-moment.ts';

/** Starts the demo tenant of a data folder in this process; the simulator is loaded only then. */
export const startDemo = async (dataDir: string, moment: DemoMoment = demoMoment(dataDir)): Promise<Demo> => {
  const { startSimulator } = await import('../simulator/server.ts');
  const simulator = await startSimulator({ anchor: moment.at });
  const [app] = simulator.tokens.apps;
  return {
    endpoint: simulator.endpoint,
    resource: simulator.tokens.resource,
    appId: app?.appId ?? '',
    secret: app?.secret ?? '',
    ...moment,
    stop: () => simulator.stop(),
  };
};
