import { MantineProvider, Menu } from '@mantine/core';
import { IconStar } from '@tabler/icons-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import { testCore } from '../../doors/testing';
import { catalog } from '../../shared/catalog';
import { type OwnView, ownViews } from '../../shared/own-view';
import { createPhrases } from '../../shared/phrases';
import { queryOf, urlOf } from '../../shared/query';
import { viewOf } from '../../shared/view';
import type { Command, Place } from '../commands/command';
import { pageInNode } from '../page-in-node';
import type { ViewProps } from './view-kinds';

/** The interface, as it is when something else stands in its lists. */
const load = async () => ({
  ...(await import('../commands/commands')),
  ...(await import('../commands/CommandItem')),
  ...(await import('../commands/ViewButton')),
  ...(await import('../commands/place')),
  ...(await import('../common/resource-icons')),
  ...(await import('../common/view-title')),
  ...(await import('../state/profiles')),
  ...(await import('../state/queries')),
  ...(await import('../state/workspace')),
  ...(await import('./KeysDialog')),
  ...(await import('./palette-lines')),
  ...(await import('./shortcuts')),
  ...(await import('./Views')),
  ...(await import('./view-kinds')),
});
let held: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  const { core, [Symbol.asyncDispose]: end } = testCore();
  pageInNode(() => core);
  held = await load();
  return () => end();
}, 60_000);

const phrases = createPhrases();
const { t } = phrases;

const profile = {
  id: 'prod',
  kind: 'oss',
  name: 'Production',
  label: '',
  color: 'red',
  access: 'read-only',
  images: false,
  appId: 'app',
  endpoint: 'https://auth.example.com',
  resource: 'https://default.logto.app/api',
  secretPlace: 'keychain',
} as const;
const place: Place = { tab: 'one', tenant: profile, list: 'users' };
const home: Place = { tab: null, tenant: null };

/** What is drawn of something, as markup. */
const drawn = (node: ReactNode): string =>
  renderToStaticMarkup(
    createElement(
      I18nextProvider,
      { i18n: phrases },
      createElement(
        QueryClientProvider,
        { client: held.queries },
        createElement(MantineProvider, { env: 'test' }, node),
      ),
    ),
  );

/** A list with one more in it, while something is tried. */
const withOne = <One>(list: readonly One[], one: One, tried: () => void) => {
  const open = list as One[];
  open.push(one);
  try {
    tried();
  } finally {
    open.pop();
  }
};

const done: string[] = [];
const star: Command = {
  id: 'star',
  label: (_t, { tenant }) => `Star ${tenant?.name ?? 'nothing'}`,
  icon: IconStar,
  key: { code: 'alt+Q', shown: 'Alt Q' },
  when: ({ tenant }) => tenant !== null,
  do: ({ tenant }) => void done.push(tenant?.id ?? ''),
};

test('a command is one object: palette, keys, their help, buttons and menus have it of the list', () => {
  const { commands, commandItems, hotkeysOf, keyLines, ViewPlace, ViewIconButton, CommandItem } = held;
  withOne(commands, star, () => {
    const [own] = commands.filter(({ id }) => id === 'star');
    if (!own) throw new Error('the command is not in the list');
    done.length = 0;

    const line = commandItems(t, place).find(({ label }) => label === 'Star Production');
    expect(line).toMatchObject({ keys: 'Alt Q', isCommand: true });
    expect(drawn(line?.icon)).toContain('tabler-icon-star');
    expect(commandItems(t, home).map(({ id }) => id)).not.toContain(line?.id);
    line?.act(false);

    const [, press] = hotkeysOf(commands, place).find(([code]) => code === 'alt+Q') ?? [];
    press?.(new Event('keydown') as KeyboardEvent);
    const [, pressAtHome] = hotkeysOf(commands, home).find(([code]) => code === 'alt+Q') ?? [];
    pressAtHome?.(new Event('keydown') as KeyboardEvent);
    expect(done).toEqual(['prod', 'prod']);

    expect(keyLines(commands, t, place)).toContainEqual({ label: 'Star Production', shown: 'Alt Q' });

    const button = drawn(
      createElement(ViewPlace, { value: place }, createElement(ViewIconButton, { of: own })),
    );
    expect(button).toMatch(/aria-label="Star Production".*tabler-icon-star/);

    const menu = (at: Place) =>
      drawn(
        createElement(
          Menu,
          { opened: true, withinPortal: false },
          createElement(Menu.Dropdown, null, createElement(CommandItem<Place>, { of: own, at })),
        ),
      );
    expect(menu(place)).toMatch(/tabler-icon-star.*Star Production.*Alt Q/);
    expect(menu(place)).not.toContain('disabled');
    expect(menu(home)).toContain('disabled');
  });
  expect(held.commandItems(t, place).map(({ label }) => label)).not.toContain('Star Production');
});

test('every command has an id, words and a key of its own', () => {
  const own = (values: (string | undefined)[]) => values.filter(Boolean);
  for (const values of [
    own(held.commands.map(({ id }) => id)),
    own(held.commands.map(({ label }) => label(t, place))),
    own(held.commands.flatMap(({ key, also = [] }) => [key?.code, ...also])),
    own(held.commands.map(({ key }) => key?.shown)),
  ])
    expect(new Set(values).size).toBe(values.length);
});

const Compared = ({ query }: ViewProps) => createElement('p', null, `compared by ${query.filters.by}`);

test('a view is an object, and a line for what shows it: address, title, icon and what is drawn follow', () => {
  const compare: OwnView = {
    kind: 'compare',
    list: 'comparison',
    title: () => 'Comparison',
    icon: 'saml',
    filters: ['by'],
    called: 'a comparison',
  };
  const { queries, titleOfView, tabQuery, useWorkspace, openQuery, ShownView, ViewIcon, viewKinds } = held;
  const url = '/prod/comparison?by=id';
  expect(() => queryOf(url)).toThrow();
  queries.setQueryData(['profiles'], [profile]);
  withOne<OwnView>(ownViews, compare, () => {
    Object.assign(viewKinds, { compare: Compared });
    const query = queryOf(url);
    expect([urlOf(query), viewOf(query).kind]).toEqual([url, 'compare']);
    expect(() => queryOf('/prod/comparison?of=id')).toThrow(
      expect.objectContaining({ detail: { where: 'of', reason: 'a comparison has no filter "of"' } }),
    );

    openQuery(query);
    const [tab] = useWorkspace.getState().tabs;
    expect(tab?.url).toBe(url);
    if (!tab) return;
    expect(titleOfView(tabQuery(tab) ?? query, () => null)).toBe('Comparison: id');
    expect(drawn(createElement(ViewIcon, { query, size: 14 }))).toContain('tabler-icon-certificate');
    const view = drawn(
      createElement(ShownView, { tab, query, isFront: true, isShown: true, side: undefined }),
    );
    expect(view).toContain('<p>compared by id</p>');
  });
});

test('every list of the catalogue has something that shows it', () => {
  for (const { id, parent } of catalog)
    expect(
      held.viewKinds[
        viewOf({ profile: 'prod', resource: id, filters: {}, ...(parent ? { parent: 'x' } : {}) }).kind
      ],
      id,
    ).toBeDefined();
});
