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
const say = (list: string, ...where: Condition[]) =>
  words.conditionsInWords(t, resourceOf(list), where, (resource, id) =>
    resource === 'applications' && id === 'app1' ? 'Support desk' : null,
  );

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

test('conditions are joined, and those without a value say none', () => {
  expect(
    say(
      'logs',
      { column: 'createdAt', mode: 'more', value: '24h' },
      { column: 'payload.ip', mode: 'filled', value: '' },
    ),
  ).toBe('Time is after “24h” and IP address has a value');
});
