import type { Query } from '../../shared/query';
import { isInSplit, withBeside } from './split';
import { kept } from './tab-list';
import { change, openQuery, showTab, useWorkspace } from './workspace';

/** Shows a tab beside the one in front; that one itself beside its neighbour. Both are kept, and the tab is in front then. */
export const splitTab = (id: string) => {
  const { tabs, active, split } = useWorkspace.getState();
  const at = tabs.findIndex((tab) => tab.id === id);
  const beside = active === null || active === id ? (tabs[at - 1] ?? tabs[at + 1])?.id : active;
  if (at < 0 || beside === undefined) return;
  change({
    split: withBeside(active === id ? undefined : split, beside, id),
    tabs: tabs.map((tab) => (tab.id === id || tab.id === beside ? kept(tab) : tab)),
  });
  showTab(id);
};

/** Shows the tab in front with its right neighbour beside it, or alone where one is. */
export const toggleSplit = () => {
  const { tabs, active, split } = useWorkspace.getState();
  if (split && isInSplit(split, active)) return change({ split: undefined });
  const at = tabs.findIndex(({ id }) => id === active);
  const beside = tabs[at + 1] ?? tabs[at - 1];
  if (at < 0 || !beside) return;
  splitTab(beside.id);
  showTab(active);
};

/** Shows two views side by side, each in a tab that is kept; the one on the right is in front then. */
export const showSideBySide = (left: Query, right: Query) => {
  change({ split: undefined });
  const open = (query: Query) => {
    openQuery(query, undefined, { keep: true });
    return useWorkspace.getState().active;
  };
  const [first, second] = [open(left), open(right)];
  showTab(first);
  if (second !== null) splitTab(second);
};

/** Changes the width of the left one of two views, px. */
export const changeSplit = (width: number) => {
  const { split } = useWorkspace.getState();
  if (split) change({ split: { ...split, width } });
};
