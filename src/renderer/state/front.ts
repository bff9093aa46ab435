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

/** What the view in front can have done to it: each is a button there, marked `data-act`. */
export type Act = 'search' | 'refresh' | 'follow' | 'filter' | 'count' | 'columns' | 'export';

const inFront = (act: Act) =>
  document.querySelector<HTMLElement>(`section[data-front] [data-act="${act}"]:not(:disabled)`);

/** True where the view in front has it. */
export const canPress = (act: Act): boolean => inFront(act) !== null;

/** Presses the button of the view in front. */
export const press = (act: Act) => inFront(act)?.click();

/** The column that rows are to be counted by, until somebody takes it. */
let counted: string | null = null;

/** Counts the rows of the view in front by a column. */
export const countBy = (column: string) => {
  counted = column;
  press('count');
};

export const takeCounted = (): string | null => {
  const column = counted;
  counted = null;
  return column;
};

/** Puts the cursor into the search of the view in front. */
export const focusSearch = () => {
  const found = inFront('search');
  found?.focus();
  if (found instanceof HTMLInputElement) found.select();
};

/** The column that rows are to be filtered by, until somebody takes it. */
let filtered: string | null = null;

/** Begins a condition on a column of the view in front. */
export const filterBy = (column: string) => {
  filtered = column;
  press('filter');
};

export const takeFiltered = (): string | null => {
  const column = filtered;
  filtered = null;
  return column;
};
