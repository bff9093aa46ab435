import { create } from 'zustand';
import type { Workspace } from '../../core/router';
import { findResource } from '../../shared/catalog';
import { homeList } from '../../shared/home-view';
import { demoProfileId } from '../../shared/profile';
import { type Query, urlOf } from '../../shared/query';
import { api } from '../link/api';
import { askFirstPage, isSameList } from './seen-lists';
import { besideOf, splitAmong, withFront } from './split';
import { type Gone, kept, type Tab, withMoved, withOpened, withReopened } from './tab-list';
import { tabQuery } from './tab-query';

export type { Tab } from './tab-list';
export { tabQuery } from './tab-query';
export type ColumnLayout = Workspace['columns'][string];

type State = Workspace & {
  ready: boolean;
  /** Last tab that was in front, by profile. */
  lastOf: Record<string, string>;
  /** Tabs that were in front: only those load, the others when they come there. */
  visited: ReadonlySet<string>;
  /** Tabs that were loading when the last run was cut off: not loaded again before somebody asks. */
  cutOff: readonly string[];
  /** Tabs that were closed or gave their place to another, the last one last; not kept over a restart. */
  gone: readonly Gone[];
  /** Previews that gave their place to another, the last one last: they stay as they were for whoever comes back. */
  parked: readonly Tab[];
  /** A list that somebody seems about to open: its view stands already, and asks nothing until it is opened. */
  ahead: Tab | null;
  /** How often somebody came back to a view that was parked, by tab: each time it is asked for anew. */
  returns: Readonly<Record<string, number>>;
};

/** Tabs that can be opened again. */
const mostGone = 30;

/** Views that stay mounted though no tab shows them: each keeps its rows and its grid. */
const mostParked = 5;

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
  gone: [],
  parked: [],
  ahead: null,
  returns: {},
}));

/** Characters of a view's address that the settings take: one of thousands of ids is not there after a restart. */
const longestKept = 16_384;

let saving: ReturnType<typeof setTimeout> | undefined;

/** `leaving`: the page goes away, and what it asks is to get there all the same. */
const saveNow = async (leaving = false) => {
  clearTimeout(saving);
  saving = undefined;
  const { tabs, active, loading, cutOff, columns, recent, side, split, panel, demo } =
    useWorkspace.getState();
  const kept = tabs.filter(({ url }) => url.length <= longestKept);
  const unseen = [...new Set([...loading, ...cutOff])];
  // Settings that cannot be written are told of at the start; the open views work without them.
  await api.workspace.save
    .mutate(
      { tabs: kept, active, loading: unseen, columns, recent, side, split, panel, demo },
      { context: { leaving } },
    )
    .catch(() => {});
};

const save = () => {
  clearTimeout(saving);
  saving = setTimeout(() => void saveNow(), 150);
};

/** Keeps what was changed right before the page goes away. */
export const keepOnLeaving = () =>
  addEventListener('pagehide', () => saving !== undefined && void saveNow(true));

/** Changes the open views, and keeps them. */
export const change = (next: Partial<State>) => {
  useWorkspace.setState(next);
  save();
};

/** Has a tab that comes to the front ask for its first page at once: before it is drawn, and before its grid is there. */
const visit = (tab: Tab) => {
  const { visited, cutOff } = useWorkspace.getState();
  if (visited.has(tab.id)) return;
  useWorkspace.setState({ visited: new Set([...visited, tab.id]) });
  const query = tabQuery(tab);
  if (query && !cutOff.includes(tab.id)) askFirstPage(query);
};

/** The same for all that is shown: the tab in front, and the one beside it. */
const visitShown = () => {
  const { tabs, active, split } = useWorkspace.getState();
  const ids = [active, besideOf(split, active)];
  for (const tab of tabs) if (ids.includes(tab.id)) visit(tab);
};

/** Reads what the last run left. `asked`: another view is asked for, and comes to the front instead. */
export const restoreWorkspace = (
  { tabs, active, loading: cutOff, columns, recent = [], side, split, panel, demo }: Workspace,
  asked: Query | null = null,
) => {
  const known = tabs.filter((tab) => tabQuery(tab));
  const front = active === null ? undefined : (known.find(({ id }) => id === active) ?? known[0]);
  useWorkspace.setState({
    tabs: known,
    active: front?.id ?? null,
    visited: new Set(),
    columns,
    side,
    split: splitAmong(split, known),
    panel,
    demo,
    recent: recent.filter(({ resource }) => findResource(resource)),
    cutOff: cutOff.filter((id) => known.some((tab) => tab.id === id)),
    parked: [],
    ahead: null,
    ready: true,
  });
  if (asked) openQuery(asked, undefined, { keep: true });
  else if (front) visitShown();
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
  const { tabs, active, lastOf, split } = useWorkspace.getState();
  const tab = tabs.find((candidate) => candidate.id === id);
  const profile = tab && tabQuery(tab)?.profile;
  change({
    active: tab?.id ?? null,
    split: splitAmong(withFront(split, active, tab?.id ?? null), tabs),
    lastOf: profile && tab ? { ...lastOf, [profile]: tab.id } : lastOf,
  });
  visitShown();
};

/** Notes tabs that are no longer there: each comes back as it was, and loads again when it does. */
const notedGone = (gone: readonly Gone[]): Partial<State> => {
  const { visited, gone: before } = useWorkspace.getState();
  const ids = new Set(gone.map(({ tab }) => tab.id));
  return {
    gone: [...before, ...gone].slice(-mostGone),
    visited: new Set([...visited].filter((id) => !ids.has(id))),
  };
};

/**
 * Shows a query: in the tab that has it, else in its tenant's preview tab, or a new one where there is none, or where it is
 * to be kept. `row` opens that row's panel.
 */
export const openQuery = (query: Query, row?: string, { keep = false } = {}) => {
  const { active, split, gone, parked, ahead, returns, ...open } = useWorkspace.getState();
  const url = urlOf(query);
  // What stands beside it does not give its place.
  const beside = besideOf(split, active);
  const tabs = open.tabs.map((tab) => (tab.id === beside && tab.preview ? kept(tab) : tab));
  const back = parked.find((tab) => tab.url === url);
  if (back) askFirstPage(query);
  const { shown, replaced, ...next } = withOpened(tabs, active, {
    id: back?.id ?? (ahead?.url === url ? ahead.id : crypto.randomUUID()),
    url,
    ...(back?.names ? { names: back.names } : {}),
    ...(row ? { row } : {}),
    ...(keep ? {} : { preview: true }),
  });
  change({
    ...next,
    gone: [...gone.filter(({ tab }) => tab.id !== back?.id), ...(replaced ? [replaced] : [])].slice(
      -mostGone,
    ),
    ...parkedWith(
      parked.filter((tab) => tab !== back),
      replaced?.tab,
    ),
    ahead: null,
    ...(query.profile === demoProfileId ? { demo: true } : {}),
    ...(back ? { returns: { ...returns, [back.id]: (returns[back.id] ?? 0) + 1 } } : {}),
  });
  showTab(shown);
};

/** Views that no tab shows, one more among them where it was drawn; those that go have to load when they come back. */
const parkedWith = (parked: readonly Tab[], more?: Tab): Pick<State, 'parked' | 'visited'> => {
  const { visited } = useWorkspace.getState();
  const all = more && visited.has(more.id) ? [...parked, more] : parked;
  const leaves = new Set(all.slice(0, -mostParked).map(({ id }) => id));
  return { parked: all.slice(-mostParked), visited: new Set([...visited].filter((id) => !leaves.has(id))) };
};

/** Keeps a tab that was only a preview. */
export const keepTab = (id: string) => {
  const { tabs } = useWorkspace.getState();
  const at = tabs.findIndex((tab) => tab.id === id);
  const tab = tabs[at];
  if (tab?.preview) change({ tabs: tabs.with(at, kept(tab)) });
};

/** Keeps the tab in front. */
export const keepFront = () => {
  const { active } = useWorkspace.getState();
  if (active) keepTab(active);
};

/** Keeps with a tab what ids in its address are called. */
export const keepNames = (id: string, names: Readonly<Record<string, string>>) =>
  change({
    tabs: useWorkspace
      .getState()
      .tabs.map((tab) => (tab.id === id ? { ...tab, names: { ...tab.names, ...names } } : tab)),
  });

/** Objects that are remembered as looked at. */
const mostRecent = 12;

export type Recent = NonNullable<Workspace['recent']>[number];

/** Remembers an object that is looked at. */
export const noteRecent = ({ profile, resource, id, name }: Recent) => {
  const { recent = [] } = useWorkspace.getState();
  const isOther = (one: Recent) => one.profile !== profile || one.resource !== resource || one.id !== id;
  const noted = { profile, resource, id, name: name.slice(0, 300) };
  change({ recent: [noted, ...recent.filter(isOther)].slice(0, mostRecent) });
};

export const updateTab = (id: string, changes: { query?: Query; row?: string | null }) => {
  const { tabs } = useWorkspace.getState();
  const before = tabs.find((tab) => tab.id === id);
  const shown = before && tabQuery(before);
  if (changes.query && shown && !isSameList(changes.query, shown)) askFirstPage(changes.query);
  change({
    tabs: tabs.map((tab) => {
      if (tab.id !== id) return tab;
      const { row: open, preview, ...rest } = tab;
      const row = changes.row === undefined ? open : (changes.row ?? undefined);
      return {
        ...rest,
        // What was changed is worth keeping.
        ...(preview && !changes.query ? { preview } : {}),
        ...(changes.query ? { url: urlOf(changes.query) } : {}),
        ...(row ? { row } : {}),
      };
    }),
  });
};

/** Closes tabs; where the one in front is among them, its right neighbour that stays comes to the front, else its left one. */
export const closeTabs = (ids: readonly string[]) => {
  const { tabs, active, split } = useWorkspace.getState();
  const closed = new Set(ids);
  const places = tabs.map((tab, at) => ({ tab, at }));
  const stays = places.filter(({ tab }) => !closed.has(tab.id));
  const at = tabs.findIndex(({ id }) => id === active);
  change({
    tabs: stays.map(({ tab }) => tab),
    ...notedGone(places.filter(({ tab }) => closed.has(tab.id))),
  });
  const beside = besideOf(split, active);
  if (beside !== null && (closed.has(beside) || closed.has(active ?? ''))) change({ split: undefined });
  if (active === null || !closed.has(active)) return;
  if (beside !== null && !closed.has(beside)) showTab(beside);
  else showTab((stays.find((one) => one.at > at) ?? stays.at(-1))?.tab.id ?? null);
};

export const closeTab = (id: string) => closeTabs([id]);

/** Closes all tabs but one. */
export const closeOthers = (id: string) =>
  closeTabs(useWorkspace.getState().tabs.flatMap((tab) => (tab.id === id ? [] : [tab.id])));

/** Closes the tabs to the right of one. */
export const closeRight = (id: string) => {
  const { tabs } = useWorkspace.getState();
  closeTabs(tabs.slice(tabs.findIndex((tab) => tab.id === id) + 1).map((tab) => tab.id));
};

export const closeAll = () => closeTabs(useWorkspace.getState().tabs.map(({ id }) => id));

/** Opens the tab again that went last, where it was. */
export const reopenTab = () => {
  const { tabs, gone, parked } = useWorkspace.getState();
  const last = gone.at(-1);
  if (!last) return;
  const same = tabs.find(({ url }) => url === last.tab.url);
  change({
    tabs: same ? tabs : withReopened(tabs, last),
    gone: gone.slice(0, -1),
    ...parkedWith(parked.filter(({ id }) => same !== undefined || id !== last.tab.id)),
  });
  showTab((same ?? last.tab).id);
};

/** Puts a tab in the place of another. */
export const moveTab = (from: string, to: string) => {
  const { tabs } = useWorkspace.getState();
  change({
    tabs: withMoved(
      tabs,
      from,
      tabs.findIndex(({ id }) => id === to),
    ),
  });
};

/** Moves a tab by one place, to the left or to the right. */
export const moveTabBy = (id: string, by: -1 | 1) => {
  const { tabs } = useWorkspace.getState();
  change({ tabs: withMoved(tabs, id, tabs.findIndex((tab) => tab.id === id) + by) });
};

/** Closes what belongs to a profile that is gone. */
export const closeTabsOf = (profile: string) => {
  const isOf = (tab: Tab) => tabQuery(tab)?.profile === profile;
  closeTabs(useWorkspace.getState().tabs.flatMap((tab) => (isOf(tab) ? [tab.id] : [])));
  const { gone, parked, ahead, recent = [] } = useWorkspace.getState();
  change({
    gone: gone.filter(({ tab }) => !isOf(tab)),
    ...(ahead && isOf(ahead) ? { ahead: null } : {}),
    parked: parked.filter((tab) => !isOf(tab)),
    recent: recent.filter((one) => one.profile !== profile),
  });
};

/** Has the demo tenant listed no more. */
export const hideDemo = () => {
  closeTabsOf(demoProfileId);
  change({ demo: false });
};

/** Widths of the side bar, px. */
export const sideWidths = { usual: 236, least: 186, most: 480 } as const;

/** Changes the side bar's width, or puts it away. */
export const changeSide = (side: NonNullable<Workspace['side']>) =>
  change({ side: { ...useWorkspace.getState().side, ...side } });

/** Least and most width of the panel of a row, px; what it has is also held by the room that there is. */
export const panelWidths = { usual: 420, least: 300, most: 1_200 } as const;

export const changePanel = (panel: number) => change({ panel });

export const toggleSide = () => changeSide({ collapsed: !useWorkspace.getState().side?.collapsed });

/** Shows a tenant at a glance. */
export const showHome = (profile: string) => openQuery({ profile, resource: homeList, filters: {} });

/** Shows the tenant's last view; one of which none is open, at a glance. */
export const showTenant = (profile: string) => {
  const { tabs, lastOf } = useWorkspace.getState();
  const own = tabs.filter((tab) => tabQuery(tab)?.profile === profile);
  const tab = own.find(({ id }) => id === lastOf[profile]) ?? own[0];
  if (tab) showTab(tab.id);
  else showHome(profile);
};

export const keepColumns = (resource: string, layout: ColumnLayout | null) => {
  const { [resource]: _, ...others } = useWorkspace.getState().columns;
  change({ columns: layout ? { ...others, [resource]: layout } : others });
};
