import { expect, test } from 'vitest';
import { changeField, refusalInWords } from './change-words.ts';
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
