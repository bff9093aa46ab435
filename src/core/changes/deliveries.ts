import { findOperation } from '../../shared/change/operations/index.ts';
import { lookThrough } from '../../shared/change/operations/request.ts';
import { rowsOf, text, texts } from '../../shared/change/operations/values.ts';
import type { PlanAbout, Planned } from '../../shared/change/plan.ts';
import type { Session } from '../client/session.ts';
import { seenBy } from './present.ts';

/** How many deliveries each enabled webhook will make of a plan; of a tenant whose webhooks cannot be read, none are told. */
export const deliveriesOf = async (
  session: Session,
  planned: readonly Pick<Planned, 'change' | 'verdict'>[],
): Promise<PlanAbout['deliveries']> => {
  const fired = new Map<string, number>();
  for (const { change, verdict } of planned)
    if (verdict !== 'unchanged' && verdict !== 'refused')
      for (const event of findOperation(change.operation)?.fires ?? [])
        fired.set(event, (fired.get(event) ?? 0) + 1);
  if (fired.size === 0) return [];
  const hooks = await seenBy(session, lookThrough('/api/hooks', {}), { priority: 'ahead' }).catch(() => null);
  return rowsOf([hooks])
    .filter(({ enabled }) => enabled !== false)
    .flatMap(({ id, name, events, event }) => {
      const heard = new Set([...texts(events), text(event)]);
      const count = [...fired].reduce((sum, [one, times]) => sum + (heard.has(one) ? times : 0), 0);
      return count === 0 ? [] : [{ hook: text(id), name: text(name), count }];
    });
};
