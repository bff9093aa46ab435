import { expect, test } from 'vitest';
import { errorCodes } from '../errors.ts';
import { createPhrases, explain } from './index.ts';

const phrases = createPhrases();

test.each(errorCodes)('%s has an explanation and a next step', (code) => {
  const { title, next } = explain(phrases, { code, detail: { where: 'example.com' } });
  for (const text of [title, next]) {
    expect(text).not.toContain('errors.');
    expect(text).not.toContain('{{');
    expect(text.length).toBeGreaterThan(7);
  }
});

test('the small print carries what helps whoever runs the server', () => {
  const detail = { status: 500, requestId: 'abc123', serverCode: 'x.y', reason: 'Internal server error.' };
  expect(explain(phrases, { code: 'http.server', detail }).fine).toEqual([
    'HTTP 500',
    'x.y',
    'Internal server error.',
    'Request abc123',
  ]);
});

test('the role that is missing, and where to assign it, are named', () => {
  const { next } = explain(phrases, { code: 'token.missing_role', detail: {} });
  expect(next).toContain('Logto Management API access');
  expect(next).toContain('Roles');
});
