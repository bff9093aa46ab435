import { create } from 'zustand';
import type { Workspace } from '../../core/router';
import { type Query, queryOf, urlOf } from '../../shared/query';
import { api } from '../link/api';
import { askFirstPage, isSameList } from './seen-lists';

export type Tab = Workspace['tabs'][number];
export type ColumnLayout = Workspace['columns'][string];

type State = Workspace & {
  ready: boolean;
  /** Last tab that was in front, by profile. */
  lastOf: Record<string, string>;
  /** Tabs that were in front: only those load, the others when they come there. */
  visited: ReadonlySet<string>;
  /** Tabs that were loading when the last run was cut off: not loaded again before somebody asks. */
  cutOff: readonly string[];
};

/** The open views. Kept in the settings file, so that a restart finds them. */
export const useWorkspace = create<State>(() => ({
  tabs: [],
  active: null,
  loading: [],
  columns: {},
  ready: false,
  lastOf: {},
  visited: new Set(),
  cutOff: [],
}));

/** Characters of a view's address that the settings take: one of thousands of ids is not there after a restart. */
const longestKept = 16_384;

let saving: ReturnType<typeof setTimeout> | undefined;

const saveNow = async () => {
  clearTimeout(saving);
  const { tabs, active, loading, cutOff, columns } = useWorkspace.getState();
  const kept = tabs.filter(({ url }) => url.length <= longestKept);
  const unseen = [...new Set([...loading, ...cutOff])];
  // Settings that cannot be written are told of at the start; the open views go on without.
  await api.workspace.save.mutate({ tabs: kept, active, loading: unseen, columns }).catch(() => {});
};

const save = () => {
  clearTimeout(saving);
  saving = setTimeout(saveNow, 150);
};

const change = (next: Partial<State>) => {
  useWorkspace.setState(next);
  save();
};

const queryOrNull = (url: string): Query | null => {
  try {
    return queryOf(url);
  } catch {
    return null;
  }
};

/** The query of a tab; null for an address that this version does not know. */
export const tabQuery = (tab: Tab): Query | null => queryOrNull(tab.url);

/** Has a tab that comes to the front ask for its first page at once: before it is drawn, and before its grid is there. */
const visit = (tab: Tab) => {
  const { visited, cutOff } = useWorkspace.getState();
  if (visited.has(tab.id)) return;
  useWorkspace.setState({ visited: new Set([...visited, tab.id]) });
  const query = tabQuery(tab);
  if (query && !cutOff.includes(tab.id)) askFirstPage(query);
};

/** Reads what the last run left. `asked`: another view is asked for, and comes to the front instead. */
export const restoreWorkspace = (
  { tabs, active, loading: cutOff, columns }: Workspace,
  asked: Query | null = null,
) => {
  const known = tabs.filter((tab) => tabQuery(tab));
  const front = active === null ? undefined : (known.find(({ id }) => id === active) ?? known[0]);
  useWorkspace.setState({
    tabs: known,
    active: front?.id ?? null,
    visited: new Set(),
    columns,
    cutOff: cutOff.filter((id) => known.some((tab) => tab.id === id)),
    ready: true,
  });
  if (asked) openQuery(asked);
  else if (front) visit(front);
};

/**
 * Notes that a tab's first page is about to be asked for; wait for it before asking. What it gives takes the note away,
 * once the page came, failed or is no longer wanted.
 */
export const noteLoad = async (id: string): Promise<() => void> => {
  useWorkspace.setState(({ loading }) => ({ loading: [...loading, id] }));
  await saveNow();
  return () => {
    const { loading } = useWorkspace.getState();
    const at = loading.indexOf(id);
    if (at >= 0) change({ loading: loading.toSpliced(at, 1) });
  };
};

/** Loads a tab after all that the last run did not live to see. */
export const loadAnyway = (id: string) => {
  const { cutOff, tabs } = useWorkspace.getState();
  const tab = tabs.find((one) => one.id === id);
  const query = tab && tabQuery(tab);
  if (query) askFirstPage(query);
  change({ cutOff: cutOff.filter((other) => other !== id) });
};

/** Brings a tab to the front; null shows the home page. */
export const showTab = (id: string | null) => {
  const { tabs, lastOf } = useWorkspace.getState();
  const tab = tabs.find((candidate) => candidate.id === id);
  const profile = tab && tabQuery(tab)?.profile;
  if (tab) visit(tab);
  change({ active: tab?.id ?? null, lastOf: profile && tab ? { ...lastOf, [profile]: tab.id } : lastOf });
};

/** Opens a query in a new tab, or shows the tab that has it; `row` opens that row's panel. */
export const openQuery = (query: Query, row?: string) => {
  const url = urlOf(query);
  const { tabs } = useWorkspace.getState();
  const same = tabs.find((tab) => tab.url === url);
  const tab: Tab = { id: same?.id ?? crypto.randomUUID(), url, ...(row ? { row } : {}) };
  const at = tabs.findIndex(({ id }) => id === useWorkspace.getState().active);
  const next = same
    ? tabs.map((other) => (other.id === tab.id ? { ...other, ...tab } : other))
    : tabs.toSpliced(at + 1, 0, tab);
  change({ tabs: next });
  showTab(tab.id);
};

/** Asks ahead for a list that the operator seems about to open, unless it is open. */
export const askAhead = (query: Query) => {
  const { tabs, visited } = useWorkspace.getState();
  const url = urlOf(query);
  if (!tabs.some((tab) => tab.url === url && visited.has(tab.id))) askFirstPage(query, true);
};

export const updateTab = (id: string, changes: { query?: Query; row?: string | null }) => {
  const { tabs } = useWorkspace.getState();
  const before = tabs.find((tab) => tab.id === id);
  const shown = before && tabQuery(before);
  if (changes.query && shown && !isSameList(changes.query, shown)) askFirstPage(changes.query);
  change({
    tabs: tabs.map((tab) => {
      if (tab.id !== id) return tab;
      const row = changes.row === undefined ? tab.row : (changes.row ?? undefined);
      return { id, url: changes.query ? urlOf(changes.query) : tab.url, ...(row ? { row } : {}) };
    }),
  });
};

export const closeTab = (id: string) => {
  const { tabs, active } = useWorkspace.getState();
  const at = tabs.findIndex((tab) => tab.id === id);
  const rest = tabs.filter((tab) => tab.id !== id);
  change({ tabs: rest });
  if (active === id) showTab((rest[at] ?? rest[at - 1])?.id ?? null);
};

export const moveTab = (from: string, to: string) => {
  const { tabs } = useWorkspace.getState();
  const [source, target] = [from, to].map((id) => tabs.findIndex((tab) => tab.id === id));
  const tab = tabs[source ?? -1];
  if (tab && target !== undefined && target >= 0)
    change({ tabs: tabs.toSpliced(source ?? 0, 1).toSpliced(target, 0, tab) });
};

/** Closes what belongs to a profile that is gone. */
export const closeTabsOf = (profile: string) => {
  for (const tab of useWorkspace.getState().tabs) if (tabQuery(tab)?.profile === profile) closeTab(tab.id);
};

/** Shows the tenant's last view, or its users. */
export const showTenant = (profile: string) => {
  const { tabs, lastOf } = useWorkspace.getState();
  const own = tabs.filter((tab) => tabQuery(tab)?.profile === profile);
  const tab = own.find(({ id }) => id === lastOf[profile]) ?? own[0];
  if (tab) showTab(tab.id);
  else openQuery({ profile, resource: 'users', filters: {} });
};

export const keepColumns = (resource: string, layout: ColumnLayout | null) => {
  const { [resource]: _, ...others } = useWorkspace.getState().columns;
  change({ columns: layout ? { ...others, [resource]: layout } : others });
};
