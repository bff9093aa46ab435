import { expect, test } from 'vitest';
import { tabQuery } from './tab-query';

test('a tab’s query is the same one while its address is, whatever else of the tab changes', () => {
  const url = '/acme/users?keyword=ana';
  const query = tabQuery({ url });
  expect(query).toEqual({ profile: 'acme', resource: 'users', filters: { keyword: ['ana'] } });
  expect(tabQuery({ url: '/acme/roles' })).toMatchObject({ resource: 'roles' });
  expect(tabQuery({ url })).toBe(query);
  expect(tabQuery({ url: `${url}x` })).not.toBe(query);
});

test('an address that this version does not know has none', () => {
  expect(tabQuery({ url: '/acme/of-a-later-version' })).toBeNull();
  expect(tabQuery({ url: '/acme/of-a-later-version' })).toBeNull();
});

test('of many addresses the last ones are kept, those that are asked for among them', () => {
  const url = '/acme/users?keyword=kept';
  const [kept, forgotten] = [tabQuery({ url }), tabQuery({ url: '/acme/users?keyword=0' })];
  for (let at = 1; at <= 250; at += 1) {
    tabQuery({ url: `/acme/users?keyword=${at}` });
    expect(tabQuery({ url })).toBe(kept);
  }
  const again = tabQuery({ url: '/acme/users?keyword=0' });
  expect(again).toEqual(forgotten);
  expect(again).not.toBe(forgotten);
});
