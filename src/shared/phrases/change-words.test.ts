import { expect, test } from 'vitest';
import { changeField, refusalInWords, stepInWords, takenInWords } from './change-words.ts';
import { createPhrases } from './index.ts';

const { t } = createPhrases('en');

test.each([
  ['primaryEmail', 'Email'],
  ['customData.a:b', 'customData.a:b'],
  ['Telephone: not a phone number', 'Telephone: not a phone number'],
])('%s is called %s', (path, title) => expect(changeField(t, path)).toBe(title));

test('a refusal says what it is about, once', () => {
  expect(refusalInWords(t, { guard: 'not-found', about: 'organization: Nowhere' })).toBe(
    'Not found. (organization: Nowhere)',
  );
  expect(refusalInWords(t, { guard: 'several-lines', about: '7' })).toBe(
    'Another line is about the same: line 7.',
  );
});

test('what a delete takes along is told by its list, counted, with names and whether it comes back', () => {
  const members = { list: 'organization-users', count: 1_200, names: ['Kim', 'Lee'], isBack: true };
  expect(takenInWords(t, members)).toBe('Members: 1,200 (Kim, Lee, …); undoing gives them back');
  const secrets = { list: 'application-secrets', count: 1, names: ['Deploy'], isBack: false };
  expect(takenInWords(t, secrets)).toMatch(/: 1 \(Deploy\); undoing does not give them back$/);
});

test('what is in use by rows of a list is told by its name', () => {
  expect(refusalInWords(t, { guard: 'in-use', about: 'organization-users' })).toBe('It is in use: members.');
  expect(refusalInWords(t, { guard: 'in-use', about: 'Acme' })).toBe('It is in use: Acme.');
});

test('how far a plan is is told by lines, rows, and objects of so many', () => {
  expect(stepInWords(t, { stage: 'lines', count: 120_500, total: null })).toBe('120,500 lines read');
  expect(stepInWords(t, { stage: 'reading', count: 100, total: 200_000 })).toBe(
    'Reading the present state: 100 of 200,000',
  );
});
