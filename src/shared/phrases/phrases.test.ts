import { expect, test } from 'vitest';
import { errorCodes } from '../errors.ts';
import { en, type Phrases } from './en/index.ts';
import { createPhrases, explain } from './index.ts';

const phrases = createPhrases();

test.each(errorCodes)('%s has an explanation and a next step', (code) => {
  const { title, remedy } = explain(phrases, { code, detail: { where: 'example.com' } });
  for (const text of [title, remedy]) {
    expect(text).not.toContain('errors.');
    expect(text).not.toContain('{{');
    expect(text.length).toBeGreaterThan(7);
  }
});

test('the small print carries what helps whoever runs the server', () => {
  const detail = { status: 500, requestId: 'abc123', serverCode: 'x.y', reason: 'Internal server error.' };
  expect(explain(phrases, { code: 'http.server', detail }).details).toEqual([
    'HTTP 500',
    'x.y',
    'Internal server error.',
    'Request abc123',
  ]);
});

test('the role that is missing, and where to assign it, are named', () => {
  const { remedy } = explain(phrases, { code: 'token.missing_role', detail: {} });
  expect(remedy).toContain('Logto Management API access');
  expect(remedy).toContain('Roles');
});

test('a language provides the plural forms that it has, and no others', () => {
  type Status = Phrases['status'];
  const words = en.status;
  const { rows_one: _, rowsCopied_one: __, requests_one: ___, ...rest } = words;
  // Korean counts in one form, Polish in four: both are the shape.
  const korean: Status = { ...rest, rows_other: '{{count, number}}행' };
  const polish: Status = {
    ...words,
    rows_few: '{{count, number}} wiersze',
    rows_many: '{{count, number}} wierszy',
  };
  const phrases = createPhrases();
  phrases.addResourceBundle('ko', 'translation', { status: korean });
  phrases.addResourceBundle('pl', 'translation', { status: polish });
  expect([1, 2].map((count) => phrases.t('status.rows', { count, lng: 'ko' }))).toEqual(['1행', '2행']);
  expect([2, 5].map((count) => phrases.t('status.rows', { count, lng: 'pl' }))).toEqual([
    '2 wiersze',
    '5 wierszy',
  ]);
  // @ts-expect-error: a language without any form for what is counted is not a language.
  const none: Status = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'rows_other'));
  expect(none).not.toHaveProperty('rows_other');
});

test('what is counted has the form that every language has', () => {
  const keysIn = (words: object): string[] =>
    Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [key] : keysIn(value)));
  const lonely = keysIn(en).filter((key) => /_(zero|one|two|few|many)$/.test(key));
  const all = new Set(keysIn(en));
  expect(lonely.filter((key) => !all.has(key.replace(/_[a-z]+$/, '_other')))).toEqual([]);
});
