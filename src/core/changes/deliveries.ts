import type { PlannedRequest } from '../../shared/change/change.ts';
import { eventsOf } from '../../shared/change/operations/events.ts';
import { lookThrough } from '../../shared/change/operations/request.ts';
import { rowsOf, text, texts } from '../../shared/change/operations/values.ts';
import type { PlanAbout } from '../../shared/change/plan.ts';
import type { Session } from '../client/session.ts';
import { seenBy } from './present.ts';

/** Webhook events, and how many times each is fired. */
export type Fired = Map<string, number>;

/** Counts the events of requests that a change sends: each request fires its own, whatever the change is. */
export const noteFired = (fired: Fired, requests: readonly PlannedRequest[]) => {
  for (const request of requests)
    for (const event of eventsOf(request)) fired.set(event, (fired.get(event) ?? 0) + 1);
};

/**
 * How many deliveries each enabled webhook makes of events; null where something is fired and the tenant's webhooks cannot
 * be read.
 */
export const deliveriesOf = async (session: Session, fired: Fired): Promise<PlanAbout['deliveries']> => {
  if (fired.size === 0) return [];
  const hooks = await seenBy(session, lookThrough('/api/hooks', {}), { priority: 'ahead' }).catch(() => null);
  if (hooks === null) return null;
  return rowsOf([hooks])
    .filter(({ enabled }) => enabled !== false)
    .flatMap(({ id, name, events, event }) => {
      const heard = new Set([...texts(events), text(event)]);
      const count = [...fired].reduce((sum, [one, times]) => sum + (heard.has(one) ? times : 0), 0);
      return count === 0 ? [] : [{ hook: text(id), name: text(name), count }];
    });
};
