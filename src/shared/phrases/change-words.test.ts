import { expect, test } from 'vitest';
import { because } from '../reasons.ts';
import { changeField, failureInWords, stepInWords, takenInWords } from './change-words.ts';
import { createPhrases } from './index.ts';

const { t } = createPhrases('en');

test.each([
  ['primaryEmail', 'Email'],
  ['customData.a:b', 'customData.a:b'],
  ['Telephone: not a phone number', 'Telephone: not a phone number'],
])('%s is called %s', (path, title) => expect(changeField(t, path)).toBe(title));

test('what a delete takes along is told by its list, counted, with names and whether it comes back', () => {
  const members = { list: 'organization-users', count: 1_200, names: ['Kim', 'Lee'], isBack: true };
  expect(takenInWords(t, members)).toBe('Members: 1,200 (Kim, Lee, …); undoing restores them');
  expect(takenInWords(createPhrases('de').t, members)).toContain(': 1.200 (Kim, Lee, …)');
  const secrets = { list: 'application-secrets', count: 1, names: ['Deploy'], isBack: false };
  expect(takenInWords(t, secrets)).toMatch(/: 1 \(Deploy\); undoing does not restore them$/);
});

test('how far a plan is is told by lines, rows, and objects of so many', () => {
  expect(stepInWords(t, { stage: 'lines', count: 120_500, total: null })).toBe('120,500 lines read');
  expect(stepInWords(t, { stage: 'reading', count: 100, total: 200_000 })).toBe(
    'Reading the current state: 100 of 200,000',
  );
});

test.each([
  ['http.server', {}, 'The server failed'],
  ['http.server', { serverCode: 'entity.x' }, 'The server failed (entity.x)'],
  ['http.bad_request', { reason: 'Email is taken.' }, 'Email is taken.'],
  [
    'network.interrupted',
    { where: 'a.test', why: because('network.closed') },
    'The connection to a.test was lost (the other side closed it)',
  ],
] as const)('why a change failed is a sentence, no code: %s', (code, detail, why) =>
  expect(failureInWords(t, { outcome: 'not-done', error: { code, detail } })).toBe(
    `${t('changes.outcomes.not-done')}: ${why}`,
  ),
);
