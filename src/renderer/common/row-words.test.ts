import { beforeAll, expect, test } from 'vitest';
import { addSimulator, testCore } from '../../doors/testing';
import { resourceOf } from '../../shared/catalog';
import { startSimulator } from '../../simulator/server';
import { pageInNode } from '../page-in-node';
import type * as Words from './row-words';

let words: typeof Words;
const held = testCore();

beforeAll(async () => {
  pageInNode(() => held.core);
  words = await import('./row-words');
  return () => held[Symbol.asyncDispose]();
}, 60_000);

test('a row is chosen by its name, an event in words', () => {
  const said = (list: string, row: Record<string, unknown>) => words.rowInWords('t', resourceOf(list), row);
  expect(said('roles', { id: 'r1', name: 'Support' })).toBe('Support');
  expect(said('logs', { id: 'l1', key: 'ExchangeTokenBy.RefreshToken' })).not.toMatch(/ExchangeTokenBy|l1/);
  expect(said('roles', { id: 'r1' })).toBe('r1');
  const secret = { name: 'Default secret', createdAt: Date.UTC(2026, 2, 30), expiresAt: null };
  expect(said('application-secrets', secret)).toBe('Default secret');
  expect(said('user-access-tokens', secret)).toBe('Default secret');
  expect(said('organization-jit-domains', { emailDomain: 'acme.example' })).toBe('acme.example');
});

test('a session is chosen by when it began and where, not by its id', async () => {
  await using server = await startSimulator({ users: 5, logs: 5 });
  const { id: profile } = await addSimulator(held.core, server, 'One');
  const [app] = server.tenant.applications;
  const session = {
    payload: { uid: 'bare-id', loginTs: Date.UTC(2026, 10, 20, 9, 30) / 1_000 },
    lastSubmission: { interactionEvent: 'SignIn' },
    clientId: app?.id,
    expiresAt: Date.UTC(2026, 10, 30),
  };
  const said = () => words.rowInWords(profile, resourceOf('user-sessions'), session);
  expect(said()).toMatch(/^2026-11-20 09:30:00.* · Sign-in · /);
  await expect.poll(said).toContain(` · ${app?.name}`);
  expect(said()).not.toContain('bare-id');
  const grant = { id: 'bare-id', payload: { clientId: app?.id, iat: session.payload.loginTs } };
  expect(words.rowInWords(profile, resourceOf('user-grants'), grant)).toMatch(
    new RegExp(`^${app?.name} · 2026-11-20 09:30`),
  );
});
