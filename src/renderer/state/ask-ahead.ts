import { type Query, urlOf } from '../../shared/query';
import { isNarrowed, viewOf } from '../../shared/view';
import { useLocked } from './lock';
import { askFirstPage } from './seen-lists';
import { useWorkspace } from './workspace';

/** A press this long (ms) is released later: a shorter tap opens the list itself. */
const pressMs = 25;

/** Has the view of a list made that is not open. One that is narrowed is not: its title asks for what it is narrowed to. */
const makeAhead = (query: Query) => {
  const { tabs, parked, ahead } = useWorkspace.getState();
  const url = urlOf(query);
  if (viewOf(query).kind !== 'list' || isNarrowed(query) || useLocked.getState().locked) return;
  if ([...tabs, ...parked, ahead].some((one) => one?.url === url)) return;
  useWorkspace.setState({ ahead: { id: crypto.randomUUID(), url } });
};

/**
 * What tells that somebody is about to open a list: a pointer or the focus that rests on it, a button of the mouse that is
 * down on it, or what is typed, which asks for it, and has no view made beside the typing.
 */
type Sign = 'rest' | 'press' | 'typing';

/**
 * Asks ahead for a list that the operator seems about to open, and has its view made, unless it is open. One that is pressed
 * is asked for as if it was looked at.
 */
export const askAhead = (query: Query, by: Sign = 'rest') => {
  const { tabs, visited, cutOff } = useWorkspace.getState();
  const tab = tabs.find((one) => one.url === urlOf(query));
  if (tab && (visited.has(tab.id) || cutOff.includes(tab.id))) return;
  askFirstPage(query, by !== 'press');
  if (by === 'rest') makeAhead(query);
  if (by === 'press') setTimeout(makeAhead, pressMs, query);
};
