import { beforeAll, expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import type { Condition } from '../../shared/local';
import { createPhrases } from '../../shared/phrases';
import { pageInNode } from '../page-in-node';
import type * as Words from './local-words';

let words: typeof Words;
beforeAll(async () => {
  pageInNode(() => {
    throw new Error('words ask nothing');
  });
  words = await import('./local-words');
}, 60_000);

const { t } = createPhrases();
const seoul = { read: 'Asia/Seoul', shown: 'Asia/Seoul' };
const sayIn = (zones: typeof seoul, list: string, where: Condition[]) =>
  words.conditionsInWords(
    t,
    resourceOf(list),
    where,
    (resource, id) => (resource === 'applications' && id === 'app1' ? 'Support desk' : null),
    zones,
  );
const say = (list: string, ...where: Condition[]) => sayIn(seoul, list, where);

test('yes and no are words, whatever was entered', () => {
  for (const value of ['true', 'Yes', '✓'])
    expect(say('users', { column: 'isSuspended', mode: 'is', value })).toBe('Suspended is Yes');
  expect(say('users', { column: 'isSuspended', mode: 'differs', value: 'no' })).toBe('Suspended is not No');
});

test('another row is called by its name, and by its id where that is not known', () => {
  const column = 'payload.applicationId';
  expect(say('logs', { column, mode: 'is', value: 'app1' })).toBe('Application is “Support desk”');
  expect(say('logs', { column, mode: 'is', value: 'app2' })).toBe('Application is “app2”');
});

test('a value of an enumeration is said in words; what only has to be in it stays as typed', () => {
  const value = 'MachineToMachine';
  expect(say('roles', { column: 'type', mode: 'is', value })).toBe('Type is “Machine-to-machine”');
  expect(say('roles', { column: 'type', mode: 'contains', value })).toContain('“MachineToMachine”');
});

test('conditions are joined, and those without a value say none', () => {
  expect(
    say(
      'logs',
      { column: 'createdAt', mode: 'more', value: '24h' },
      { column: 'payload.ip', mode: 'filled', value: '' },
    ),
  ).toBe('Time is after “24h” and IP address has a value');
});

test('a date that is read in another zone than times are shown in says its zone', () => {
  const elsewhere = { read: 'Asia/Seoul', shown: 'UTC' };
  const since = (value: string) =>
    sayIn(elsewhere, 'logs', [{ column: 'createdAt', mode: 'is', value }]).replace('Time is ', '');
  expect(since('2026-11-20')).toBe('“2026-11-20” (Asia/Seoul)');
  expect(since('today')).toBe('“today” (Asia/Seoul)');
  expect(since('2026-11-20T08:30:00Z')).toBe('“2026-11-20T08:30:00Z”');
  // A moment of a cell is shown as cells show it.
  expect(since('1795165200000')).toMatch(/^2026-11-\d\d \d\d:00:00$/);
  // What counts back from now is the same everywhere.
  expect(since('24h')).toBe('Time in the last 24 hours');
  expect(say('logs', { column: 'createdAt', mode: 'is', value: '2026-11-20' })).toBe('Time is “2026-11-20”');
  expect(sayIn(elsewhere, 'logs', [{ column: 'key', mode: 'is', value: '2026-11-20' }])).toBe(
    'Event is “2026-11-20”',
  );
});
