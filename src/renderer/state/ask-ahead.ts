import { type Query, urlOf } from '../../shared/query';
import { viewOf } from '../../shared/view';
import { useLocked } from './lock';
import { askFirstPage } from './seen-lists';
import { useWorkspace } from './workspace';

/**
 * Asks ahead for a list that the operator seems about to open, and has its view made, unless it is open. A list that was
 * looked at shows what was seen of it, and has its view made when it is opened.
 */
export const askAhead = (query: Query) => {
  const { tabs, visited, parked, ahead } = useWorkspace.getState();
  const url = urlOf(query);
  const tab = tabs.find((one) => one.url === url);
  if (tab && visited.has(tab.id)) return;
  askFirstPage(query, true);
  if (tab || ahead?.url === url || parked.some((one) => one.url === url)) return;
  if (viewOf(query).kind === 'list' && !useLocked.getState().locked)
    useWorkspace.setState({ ahead: { id: crypto.randomUUID(), url } });
};
