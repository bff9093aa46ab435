import { expect, test } from 'vitest';
import { addressesOf, profileOf } from '../../shared/profile.ts';
import { heldToAccess } from './access.ts';
import type { Send } from './send.ts';

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'get',
  'post',
  'TRACE',
  'PROPFIND',
];
const profile = (access: 'read-only' | 'read-write') =>
  profileOf({ kind: 'oss', name: 'T', endpoint: 'https://auth.example.com', appId: 'a', access }, 't');

const sentBy = async (access: 'read-only' | 'read-write') => {
  const sent: string[] = [];
  const send: Send = async (url, { method }) => {
    sent.push(`${method} ${url}`);
    return { status: 204, ok: true, headers: new Headers(), text: '' };
  };
  const held = heldToAccess(profile(access), send);
  const { api, token } = addressesOf(profile(access));
  const urls = [
    `${api}/users`,
    `${api}/users/x`,
    token,
    `${token}?x`,
    `${token}/`,
    'https://elsewhere.example/oidc/token',
  ];
  for (const method of methods) {
    for (const url of urls)
      await held(url, { method }).catch((error: { code: string }) =>
        expect(error.code).toBe('profile.read_only'),
      );
  }
  return sent;
};

test('a read-only tenant gets GET and the token request, whatever is asked for', async () => {
  const sent = await sentBy('read-only');
  expect(sent.filter((line) => !line.startsWith('GET '))).toEqual([
    'POST https://auth.example.com/oidc/token',
  ]);
  expect(sent).toHaveLength(7);
});

test('a tenant that may be changed gets all of it', async () =>
  expect(await sentBy('read-write')).toHaveLength(methods.length * 6));
