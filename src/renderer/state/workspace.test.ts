import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OpenViews } from '../../core/desk/open-views';
import { type TestCore, testCore } from '../../doors/testing';
import { pageInNode } from '../page-in-node';
import type * as Splits from './split-tabs';
import type * as Workspace from './workspace';

let held: TestCore;
let workspace: typeof Workspace;
let splits: typeof Splits;

beforeAll(async () => {
  held = testCore();
  pageInNode(() => held.core);
  workspace = await import('./workspace');
  splits = await import('./split-tabs');
}, 60_000);
afterAll(() => held[Symbol.asyncDispose]());

const lists = ['users', 'roles', 'organizations', 'logs'];
const query = (resource: string, profile = 'one') => ({ profile, resource, filters: {} });
const state = () => workspace.useWorkspace.getState();
const shown = () => {
  const { tabs, active } = state();
  return tabs.find(({ id }) => id === active)?.url ?? null;
};
const idOf = (url: string) => state().tabs.find((tab) => tab.url === url)?.id ?? '';

beforeEach(() => {
  workspace.useWorkspace.setState({
    tabs: [],
    active: null,
    split: undefined,
    columns: {},
    loading: [],
    cutOff: [],
    ready: true,
    lastOf: {},
    gone: [],
    parked: [],
    ahead: null,
    returns: {},
  });
  for (const resource of lists) workspace.openQuery(query(resource), undefined, { keep: true });
});

test('closing the tab in front shows the one that takes its place, and of the last the one before', () => {
  workspace.showTab(idOf('/one/roles'));
  workspace.closeTab(idOf('/one/roles'));
  expect(shown()).toBe('/one/organizations');
  workspace.showTab(idOf('/one/logs'));
  workspace.closeTab(idOf('/one/logs'));
  expect(shown()).toBe('/one/organizations');
  workspace.closeTab(idOf('/one/organizations'));
  workspace.closeTab(idOf('/one/users'));
  expect(shown()).toBeNull();
});

test('closing another tab leaves the one in front there', () => {
  workspace.closeTab(idOf('/one/users'));
  expect(shown()).toBe('/one/logs');
});

test('a view that is open is shown, not opened twice; another one opens beside the one in front', () => {
  workspace.openQuery(query('roles'));
  expect(state().tabs).toHaveLength(4);
  expect(shown()).toBe('/one/roles');
  workspace.openQuery(query('connectors'));
  expect(urls()).toEqual(['/one/users', '/one/roles', '/one/connectors', '/one/organizations', '/one/logs']);
});

const urls = () => state().tabs.map(({ url }) => url);

test('a tenant has one preview, which gives its place to the next view, and comes back kept', () => {
  workspace.openQuery(query('connectors'), 'row1');
  workspace.openQuery(query('users', 'two'));
  workspace.openQuery(query('hooks'));
  expect(urls()).toEqual([
    '/one/users',
    '/one/roles',
    '/one/organizations',
    '/one/logs',
    '/one/hooks',
    '/two/users',
  ]);
  expect(
    state()
      .tabs.filter(({ preview }) => preview)
      .map(({ url }) => url),
  ).toEqual(['/one/hooks', '/two/users']);
  workspace.reopenTab();
  expect(shown()).toBe('/one/connectors');
  expect(state().tabs.find(({ url }) => url === '/one/connectors')).toMatchObject({ row: 'row1' });
  expect(state().tabs.find(({ url }) => url === '/one/connectors')?.preview).toBeUndefined();
});

test('a preview that gave its place to another stays as it was for whoever comes back, and the oldest go', () => {
  workspace.openQuery(query('hooks'), 'row1');
  const hooks = idOf('/one/hooks');
  workspace.openQuery(query('connectors'));
  const parked = () => state().parked.map(({ url }) => url);
  expect(parked()).toEqual(['/one/hooks']);
  expect(state().visited.has(hooks)).toBe(true);
  workspace.openQuery(query('hooks'));
  expect([idOf('/one/hooks'), shown()]).toEqual([hooks, '/one/hooks']);
  expect(state().returns[hooks]).toBe(1);
  expect(parked()).toEqual(['/one/connectors']);
  // It is not opened a second time by what reopens tabs.
  expect(state().gone.map(({ tab }) => tab.url)).toEqual(['/one/connectors']);
  workspace.reopenTab();
  expect(parked()).toEqual([]);
  expect(urls().filter((url) => url === '/one/connectors')).toHaveLength(1);
  for (const resource of [
    'resources',
    'domains',
    'sso-connectors',
    'saml-applications',
    'jwt-customizers',
    'one-time-tokens',
  ])
    workspace.openQuery(query(resource));
  expect(parked()).toEqual([
    '/one/resources',
    '/one/domains',
    '/one/sso-connectors',
    '/one/saml-applications',
    '/one/jwt-customizers',
  ]);
  expect(state().visited.has(hooks)).toBe(false);
  workspace.closeTabsOf('one');
  expect([urls(), parked()]).toEqual([[], []]);
});

test('a list that is about to be opened has its view ahead, one at a time, and opening it takes that one', async () => {
  const { askAhead } = await import('./ask-ahead');
  const ahead = () => state().ahead?.url ?? null;
  // What is open, or stands as it was, needs none; nor does what is not a list.
  askAhead(query('users'));
  workspace.openQuery(query('hooks'));
  workspace.openQuery(query('connectors'));
  askAhead(query('hooks'));
  askAhead(query('home'));
  expect(ahead()).toBeNull();
  askAhead(query('domains'));
  askAhead(query('resources'));
  expect(ahead()).toBe('/one/resources');
  const made = state().ahead?.id ?? '';
  askAhead(query('resources'));
  expect(state().ahead?.id).toBe(made);
  // Nor has one that is narrowed, whose title would ask for what narrows it, or what is typed.
  askAhead({ ...query('domains'), filters: { search: ['a'] } });
  askAhead(query('domains'), 'typing');
  expect(state().ahead?.id).toBe(made);
  // It is not a view that was looked at: what opens it asks for its rows.
  expect(state().visited.has(made)).toBe(false);
  expect(urls()).not.toContain('/one/resources');
  workspace.openQuery(query('resources'));
  expect([idOf('/one/resources'), ahead()]).toEqual([made, null]);
  expect(state().visited.has(made)).toBe(true);
  expect(state().returns).toEqual({});
  // Another that is opened, or a tenant that goes, takes it away.
  askAhead(query('domains'));
  workspace.openQuery(query('sso-connectors'));
  expect(ahead()).toBeNull();
  expect(idOf('/one/sso-connectors')).not.toBe(made);
  askAhead(query('domains'));
  workspace.closeTabsOf('two');
  expect(ahead()).toBe('/one/domains');
  workspace.closeTabsOf('one');
  expect(ahead()).toBeNull();
  // A press has it made once it lasts; a tap opens the list itself.
  askAhead(query('hooks'), 'press');
  workspace.openQuery(query('hooks'));
  askAhead(query('domains'), 'press');
  expect(ahead()).toBeNull();
  await expect.poll(ahead).toBe('/one/domains');
  workspace.closeTabsOf('one');
});

test('nothing is asked ahead by a finger, or of a tab whose loading was cut off', async () => {
  const { pressing } = await import('../shell/means-list');
  const { takeFirstPage } = await import('./seen-lists');
  const press = pressing(query('hooks'));
  press({ button: 0, pointerType: 'touch' });
  press({ button: 2, pointerType: 'mouse' });
  expect(takeFirstPage(query('hooks'))).toBeNull();
  workspace.useWorkspace.setState({ tabs: [{ id: 'cut', url: '/one/hooks' }], cutOff: ['cut'] });
  press({ button: 0, pointerType: 'mouse' });
  expect(takeFirstPage(query('hooks'))).toBeNull();
  workspace.useWorkspace.setState({ cutOff: [] });
  press({ button: 0, pointerType: 'mouse' });
  const asked = takeFirstPage(query('hooks'));
  expect(asked).not.toBeNull();
  asked?.cancel();
  await expect(asked?.page).rejects.toBeDefined();
  workspace.closeTabsOf('one');
});

test.each([
  [
    'a search',
    (id: string) => workspace.updateTab(id, { query: { ...query('hooks'), columns: ['name'] } }),
    true,
  ],
  ['being kept', (id: string) => workspace.keepTab(id), true],
  ['being asked for to be kept', () => workspace.openQuery(query('hooks'), undefined, { keep: true }), true],
  ['being opened again', () => workspace.openQuery(query('hooks')), false],
  ['a row of it', (id: string) => workspace.updateTab(id, { row: 'one' }), false],
])('%s keeps a preview: %#', (_what, done, keeps) => {
  workspace.openQuery(query('hooks'));
  const id = idOf('/one/hooks');
  done(id);
  expect(state().tabs.find((tab) => tab.id === id)?.preview).toBe(keeps ? undefined : true);
  workspace.openQuery(query('connectors'));
  expect(state().tabs.some((tab) => tab.id === id)).toBe(keeps);
});

test('tabs are closed to the right, all others, or all, and reopened one by one where they were', () => {
  workspace.showTab(idOf('/one/logs'));
  workspace.closeRight(idOf('/one/roles'));
  expect(urls()).toEqual(['/one/users', '/one/roles']);
  expect(shown()).toBe('/one/roles');
  workspace.reopenTab();
  workspace.reopenTab();
  expect(urls()).toEqual(['/one/users', '/one/roles', '/one/organizations', '/one/logs']);
  expect(shown()).toBe('/one/organizations');
  workspace.closeOthers(idOf('/one/roles'));
  expect([urls(), shown()]).toEqual([['/one/roles'], '/one/roles']);
  workspace.closeAll();
  expect([urls(), shown()]).toEqual([[], null]);
  workspace.reopenTab();
  expect(shown()).toBe('/one/roles');
});

test('a view that is reopened and open by now is shown, not opened twice', () => {
  workspace.closeTab(idOf('/one/roles'));
  workspace.openQuery(query('roles'));
  workspace.showTab(idOf('/one/users'));
  workspace.reopenTab();
  expect(shown()).toBe('/one/roles');
  expect(state().tabs).toHaveLength(4);
});

test('what goes with its tenant is not reopened', () => {
  workspace.closeTab(idOf('/one/roles'));
  workspace.closeTabsOf('one');
  workspace.reopenTab();
  expect(urls()).toEqual([]);
});

test('a tab is moved by one place, and not past an end', () => {
  workspace.moveTabBy(idOf('/one/users'), -1);
  workspace.moveTabBy(idOf('/one/users'), 1);
  workspace.moveTab(idOf('/one/logs'), idOf('/one/roles'));
  expect(urls()).toEqual(['/one/logs', '/one/roles', '/one/users', '/one/organizations']);
});

test('the names of ids in an address are kept with the tab, also when the view changes', () => {
  const members = { profile: 'one', resource: 'organization-users', parent: 'org1', filters: {} };
  workspace.openQuery(members);
  const id = idOf('/one/organizations/org1/users');
  workspace.keepNames(id, { org1: 'Acme' });
  workspace.updateTab(id, { query: { ...members, columns: ['name'] } });
  expect(state().tabs.find((tab) => tab.id === id)?.names).toEqual({ org1: 'Acme' });
});

test('closing what belongs to a tenant leaves the views of others', () => {
  workspace.openQuery(query('users', 'two'));
  workspace.closeTabsOf('one');
  expect(state().tabs.map(({ url }) => url)).toEqual(['/two/users']);
  expect(shown()).toBe('/two/users');
});

test('a tenant shows its last view, or itself at a glance', () => {
  workspace.showTab(idOf('/one/roles'));
  workspace.openQuery(query('users', 'two'));
  workspace.showTenant('one');
  expect(shown()).toBe('/one/roles');
  workspace.showTenant('three');
  expect(shown()).toBe('/three/home');
});

test('views that were open are back after a start, one of them in front; what this version does not know is not', async () => {
  const tabs = [
    { id: 'a', url: '/one/users' },
    { id: 'b', url: '/one/no-such-list' },
    { id: 'c', url: '/one/logs?time=24h', row: 'r1' },
  ];
  held.core.settings.workspace = { tabs, active: 'c', loading: [], columns: {} };
  workspace.restoreWorkspace(held.core.openViews.get());
  expect(state().tabs.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(shown()).toBe('/one/logs?time=24h');
  held.core.settings.workspace = { tabs, active: 'b', loading: [], columns: {} };
  workspace.restoreWorkspace(held.core.openViews.get());
  expect(shown()).toBe('/one/users');
});

describe('a view that was loading when the app was killed', () => {
  const open = () => new OpenViews(held.core.settings);
  const load = async () => {
    const ended = await workspace.noteLoad(idOf('/one/logs'));
    return { ended, id: idOf('/one/logs') };
  };

  test('is noted before its first page is asked for, and not loaded at the next start before somebody asks', async () => {
    const { id } = await load();
    // Killed here: the next run reads what is in the settings.
    const [next, second] = [open(), open()];
    expect(next.get()).toMatchObject({ loading: [id] });
    next.save({ ...next.get(), active: null });
    expect(second.get()).toMatchObject({ loading: [id] });
    workspace.useWorkspace.setState({ cutOff: next.get().loading });
    workspace.loadAnyway(id);
    expect(state().cutOff).toEqual([]);
  });

  test('is loaded again where the app was ended, or the page loaded anew, by hand', async () => {
    const { id } = await load();
    expect(held.core.openViews.get()).toMatchObject({ loading: [] });
    held.core.openViews.end();
    expect(open().get()).toMatchObject({
      loading: [],
      tabs: expect.arrayContaining([{ id, url: '/one/logs' }]),
    });
  });

  test('is not such a view once its page came', async () => {
    const { ended } = await load();
    ended();
    await expect.poll(() => held.core.settings.workspace.loading).toEqual([]);
    expect(open().get()).toMatchObject({ loading: [] });
  });

  test('is asked about again when the app ends before anybody answered', async () => {
    const { id } = await load();
    const next = open();
    next.save({ ...held.core.settings.workspace, active: null, loading: next.get().loading });
    next.end();
    expect(open().get()).toMatchObject({ loading: [id] });
  });
});

describe('two views side by side', () => {
  const sides = () => {
    const { split, tabs } = state();
    const urlOf = (id: string | undefined) => tabs.find((tab) => tab.id === id)?.url;
    return split ? [urlOf(split.left), urlOf(split.right)] : null;
  };

  test('a tab stands beside the one in front, both are kept and load, and the tab is in front', () => {
    workspace.openQuery(query('hooks', 'two'));
    splits.splitTab(idOf('/one/users'));
    expect(sides()).toEqual(['/two/hooks', '/one/users']);
    expect(shown()).toBe('/one/users');
    expect(state().tabs.filter(({ preview }) => preview)).toEqual([]);
    for (const url of ['/two/hooks', '/one/users']) expect(state().visited.has(idOf(url))).toBe(true);
  });

  test('what is opened comes to the side that somebody works in, and takes nothing from the other', () => {
    workspace.openQuery(query('hooks'));
    splits.splitTab(idOf('/one/users'));
    workspace.openQuery(query('domains'));
    expect(sides()).toEqual(['/one/hooks', '/one/domains']);
    workspace.showTab(idOf('/one/hooks'));
    workspace.openQuery(query('connectors'));
    // The preview on the other side did not give its place.
    expect(sides()).toEqual(['/one/connectors', '/one/domains']);
    workspace.openQuery(query('domains'));
    expect([shown(), sides()]).toEqual(['/one/domains', ['/one/connectors', '/one/domains']]);
  });

  test('a view that is closed leaves the other alone; all tenants, and back, leave both', () => {
    splits.toggleSplit();
    expect(sides()).toEqual(['/one/logs', '/one/organizations']);
    workspace.showTab(null);
    workspace.showTab(idOf('/one/organizations'));
    expect(sides()).toEqual(['/one/logs', '/one/organizations']);
    workspace.closeTab(idOf('/one/organizations'));
    expect([shown(), sides()]).toEqual(['/one/logs', null]);
    splits.toggleSplit();
    workspace.closeTab(state().split?.right ?? '');
    expect([shown(), sides()]).toEqual(['/one/logs', null]);
    splits.toggleSplit();
    splits.toggleSplit();
    expect([shown(), sides()]).toEqual(['/one/logs', null]);
  });

  test('two views are shown side by side whatever was beside each other before', () => {
    splits.toggleSplit();
    splits.showSideBySide(query('roles', 'one'), query('roles', 'two'));
    expect([shown(), sides()]).toEqual(['/two/roles', ['/one/roles', '/two/roles']]);
    splits.showSideBySide(query('roles', 'two'), query('roles', 'one'));
    expect([shown(), sides()]).toEqual(['/one/roles', ['/two/roles', '/one/roles']]);
    expect(state().tabs.filter(({ preview }) => preview)).toEqual([]);
  });

  test('both are there after a restart, and load; one whose tab is gone is none', () => {
    splits.toggleSplit();
    splits.changeSplit(500);
    const kept = { tabs: state().tabs, active: state().active, loading: [], columns: {} };
    const { split } = state();
    workspace.restoreWorkspace({ ...kept, split });
    expect(sides()).toEqual(['/one/logs', '/one/organizations']);
    expect(state().split).toMatchObject({ width: 500 });
    expect(state().visited).toEqual(new Set([split?.left, split?.right]));
    workspace.restoreWorkspace({ ...kept, split: { left: 'none', right: split?.right ?? '' } });
    expect(sides()).toBeNull();
  });
});
