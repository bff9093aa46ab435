import { type Query, urlOf } from '../../shared/query';
import { viewOf } from '../../shared/view';
import { useLocked } from './lock';
import { askFirstPage } from './seen-lists';
import { useWorkspace } from './workspace';

/** A press that lasts so long is let go of later, ms: one of a shorter tap opens the list itself. */
const pressMs = 25;

/** Has the view of a list made that is not open. */
const makeAhead = (query: Query) => {
  const { tabs, parked, ahead } = useWorkspace.getState();
  const url = urlOf(query);
  if (viewOf(query).kind !== 'list' || useLocked.getState().locked) return;
  if ([...tabs, ...parked, ahead].some((one) => one?.url === url)) return;
  useWorkspace.setState({ ahead: { id: crypto.randomUUID(), url } });
};

/**
 * Asks ahead for a list that the operator seems about to open, and has its view made, unless it is open. `isPressed`: a
 * button of the mouse is down on it, so that its page is asked for as what is looked at.
 */
export const askAhead = (query: Query, isPressed = false) => {
  const { tabs, visited } = useWorkspace.getState();
  const tab = tabs.find((one) => one.url === urlOf(query));
  if (tab && visited.has(tab.id)) return;
  askFirstPage(query, !isPressed);
  if (isPressed) setTimeout(makeAhead, pressMs, query);
  else makeAhead(query);
};
