import { IconStar } from '@tabler/icons-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { catalog } from '../../shared/catalog';
import { createPhrases } from '../../shared/phrases';
import { type View, viewOf } from '../../shared/view';
import { pageInNode } from '../page-in-node';
import type * as Commands from './commands';
import { type ViewKinds, type ViewProps, viewKinds } from './view-kinds';

let held: typeof Commands;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  held = await import('./commands');
}, 60_000);

const Compared = ({ query }: ViewProps) => createElement('p', null, `compared ${query.resource}`);

const place = { tab: 'one', tenant: { id: 'prod', name: 'Production' } };
const home = { tab: null, tenant: null };

test('a command is one object: where it can be given, by its words, its icon and its key', () => {
  const done: string[] = [];
  const star: Commands.Command = {
    id: 'star',
    label: (_t, { tenant }) => `Star ${tenant?.name}`,
    icon: IconStar,
    key: { code: 'alt+S', shown: 'Alt S' },
    when: ({ tenant }) => tenant !== null,
    do: ({ tenant }) => void done.push(tenant?.id ?? ''),
  };
  const all = [...held.commands, star];
  expect(held.commandsFor(home, all)).not.toContain(star);
  const shown = held.commandsFor(place, all).find(({ id }) => id === 'star');
  shown?.do(place);
  expect([shown?.label(createPhrases().t, place), done]).toEqual(['Star Production', ['prod']]);
});

test('every command has an id, words and a key of its own', () => {
  const { t } = createPhrases();
  const own = (values: (string | undefined)[]) => values.filter(Boolean);
  for (const values of [
    own(held.commands.map(({ id }) => id)),
    own(held.commands.map(({ label }) => label(t, place))),
    own(held.commands.map(({ key }) => key?.code)),
    own(held.commands.map(({ key }) => key?.shown)),
  ])
    expect(new Set(values).size).toBe(values.length);
});

test('a view is one kind, and one thing that shows it', () => {
  const kinds: ViewKinds<View['kind'] | 'compare'> = { ...viewKinds, compare: Compared };
  const query = { profile: 'prod', resource: 'users', filters: {} };
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
  const props: ViewProps = { tabId: 'one', query, row: null, profile, front: true };
  expect(renderToStaticMarkup(createElement(kinds.compare, props))).toBe('<p>compared users</p>');
});

test('every list of the catalogue has something that shows it', () => {
  for (const { id, parent } of catalog)
    expect(
      viewKinds[
        viewOf({ profile: 'prod', resource: id, filters: {}, ...(parent ? { parent: 'x' } : {}) }).kind
      ],
      id,
    ).toBeDefined();
});
