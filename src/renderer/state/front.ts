import type { Query } from '../../shared/query';
import { tabQuery, useWorkspace } from './workspace';

/** Views with the columns that they show, by their tabs: what is taken elsewhere of them. */
const shown = new Map<string, () => Query>();

/** Says what a tab shows; what it gives takes that back. */
export const tellShown = (tab: string, query: () => Query): (() => void) => {
  shown.set(tab, query);
  return () => {
    if (shown.get(tab) === query) shown.delete(tab);
  };
};

/** What a tab shows, with its columns. */
export const shownIn = (id: string): Query | null => {
  const tab = useWorkspace.getState().tabs.find((one) => one.id === id);
  return shown.get(id)?.() ?? (tab ? tabQuery(tab) : null);
};

/** What only a view itself can do: its commands ask it. Rows are filtered and counted by a column, where one is named. */
export type Act = 'search' | 'refresh' | 'follow' | 'filter' | 'count' | 'columns' | 'export';
type Does = (column?: string) => void;

/** What each tab's view does now, by tab and act. */
const told = new Map<string, Does>();
const nameOf = (tab: string, act: Act) => `${act}/${tab}`;

/** Says how the view of a tab does something; what it gives takes that back. */
export const tellAct = (tab: string, act: Act, does: Does): (() => void) => {
  const name = nameOf(tab, act);
  told.set(name, does);
  return () => {
    if (told.get(name) === does) told.delete(name);
  };
};

/** How the view of a tab does something; undefined where it does not, or not now. */
export const actOf = (tab: string | null, act: Act): Does | undefined =>
  tab === null ? undefined : told.get(nameOf(tab, act));
