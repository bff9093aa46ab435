import { events } from './en/events.ts';

type Translate = (key: string, values?: object) => string;

const { flows, steps, whole } = events.events;

/** An audit log's key as people say it, e.g. "Sign-in: password submitted"; the key itself where it has no words. */
export const eventInWords = (t: unknown, key: string): string => {
  const say = t as Translate;
  const [first = '', flow = '', ...rest] = key.split('.');
  if (first === 'TriggerHook' && flow !== '')
    return say('events.webhook', { event: key.slice('TriggerHook.'.length) });
  const all = key.replaceAll('.', '_');
  if (Object.hasOwn(whole, all)) return say(`events.whole.${all}`);
  const step = rest.join('_');
  if (first !== 'Interaction' || !Object.hasOwn(flows, flow) || !Object.hasOwn(steps, step)) return key;
  return say('events.inFlow', { flow: say(`events.flows.${flow}`), step: say(`events.steps.${step}`) });
};
