import { expect, test } from 'vitest';
import { differences, mergedAfter } from './merge.ts';

const operation = { fields: [] } as Parameters<typeof mergedAfter>[0];
const field = (id: string, more: object = {}) => ({ id, kind: 'text', ...more });
const withFields = (...fields: object[]) => ({ fields }) as unknown as Parameters<typeof mergedAfter>[0];

test('a field of its own is set, and null where it is unset', () => {
  expect(mergedAfter(operation, { name: 'a', avatar: 'b' }, { name: 'c' }, ['avatar'])).toEqual({
    name: 'c',
    avatar: null,
  });
});

test('a part comes with the whole object that it is in, which is as present but for it', () => {
  const profile = withFields(field('profile.nickname'), field('profile.address.country'));
  const present = { profile: { nickname: 'k', address: { country: 'KR', locality: 'Seoul' } }, name: 'a' };
  expect(mergedAfter(profile, present, { 'profile.address.country': 'JP' }, [])).toEqual({
    profile: { nickname: 'k', address: { country: 'JP', locality: 'Seoul' } },
  });
  // Two parts of one object are both in it.
  expect(
    mergedAfter(profile, present, { 'profile.nickname': 'n', 'profile.address.country': 'JP' }, []),
  ).toEqual({ profile: { nickname: 'n', address: { country: 'JP', locality: 'Seoul' } } });
});

test.each([null, ''])('an emptied part that is a field is taken away: %j', (value) => {
  const present = { profile: { nickname: 'k', website: 'w' } };
  expect(
    mergedAfter(withFields(field('profile.nickname')), present, { 'profile.nickname': value }, []),
  ).toEqual({
    profile: { website: 'w' },
  });
  // A key of an operator's own may be empty.
  expect(
    mergedAfter(
      withFields(field('customData', { parts: true })),
      { customData: {} },
      { 'customData.a': value },
      [],
    ),
  ).toEqual({ customData: { a: value } });
});

test('what is unset goes: a part from its object, an object of parts to none, any other field to null', () => {
  const present = { customData: { a: 1, b: 2 }, name: 'n' };
  const parts = withFields(field('customData', { parts: true }), field('name'));
  expect(mergedAfter(parts, present, {}, ['customData.a'])).toEqual({ customData: { b: 2 } });
  expect(mergedAfter(parts, present, {}, ['customData'])).toEqual({ customData: {} });
  expect(mergedAfter(withFields(field('profile.a')), { profile: { a: 1 } }, {}, ['profile'])).toEqual({
    profile: {},
  });
  expect(mergedAfter(withFields(field('customData')), present, {}, ['customData'])).toEqual({
    customData: null,
  });
});

test('differences are told by the parts of objects, of whichever side has them, and of nothing that is the same', () => {
  expect(
    differences(
      { name: 'a', data: { kept: 1, gone: 2, deep: { x: 1, y: 1 } }, list: [1], other: 'not concerned' },
      { name: 'b', data: { kept: 1, come: 3, deep: { x: 1, y: 2 } }, list: [1, 2], fresh: { a: 1 } },
    ),
  ).toEqual([
    { path: 'name', before: 'a', after: 'b' },
    { path: 'data.gone', before: 2, after: undefined },
    { path: 'data.deep.y', before: 1, after: 2 },
    { path: 'data.come', before: undefined, after: 3 },
    { path: 'list', before: [1], after: [1, 2] },
    { path: 'fresh', before: undefined, after: { a: 1 } },
  ]);
  expect(differences({ a: { b: 1 } }, { a: { b: 1 } })).toEqual([]);
  expect(differences({ a: { b: 1 } }, { a: null })).toEqual([{ path: 'a', before: { b: 1 }, after: null }]);
});

test('a secret is one value, not an object of parts', () => {
  const [before, after] = [
    { secret: 'hidden', shown: '***', print: 'p1' },
    { secret: 'hidden', shown: '***', print: 'p2' },
  ];
  expect(differences({ config: { key: before } }, { config: { key: after } })).toEqual([
    { path: 'config.key', before, after },
  ]);
});
