import { describe, expect, test } from 'vitest';
import { DeskError } from '../../shared/errors.ts';
import { answerError, jsonOf, retryAfterMs } from './answer.ts';
import { isFailure, isUnanswered } from './failure.ts';

const page = '<!doctype html>\n<html><head><title>Sign in to\n Corp Net</title></head><body>…</body></html>';
const headersOf = (fields: Record<string, string> = {}) => new Headers(fields);
const codeOf = (status: number, text: string, fields?: Record<string, string>) =>
  answerError(status, headersOf(fields), text).code;

describe('what did not come from Logto', () => {
  test.each([401, 403, 404, 407])('is a page with status %i, with who answered', (status) => {
    expect(answerError(status, headersOf({ server: 'Zscaler/6.2' }), page)).toMatchObject({
      code: 'http.unreadable',
      detail: { status, reason: 'Sign in to Corp Net; answered by Zscaler/6.2' },
    });
  });

  test.each([
    [401, 'Unauthorized'],
    [403, ''],
    [401, '{"message":"No API key found in request"}'],
    [403, '{"status":403,"error":"Forbidden","path":"/api/users"}'],
    [401, '[]'],
  ])('is a refusal of another form: %i %s', (status, text) =>
    expect(codeOf(status, text)).toBe('http.unreadable'),
  );

  test('is a good answer that is a page', () => {
    expect(() => jsonOf(200, headersOf({ server: 'squid' }), page)).toThrow(
      expect.objectContaining({
        code: 'http.unreadable',
        detail: { status: 200, reason: 'Sign in to Corp Net; answered by squid' },
      }),
    );
  });
});

test.each([
  [401, '{"code":"auth.unauthorized","message":"Unauthorized."}', 'http.unauthorized'],
  [403, '{"code":"auth.forbidden","message":"Forbidden."}', 'http.forbidden'],
  [401, '{"error":"invalid_client","error_description":"x"}', 'http.unauthorized'],
  [400, '{"message":"Unexpected token"}', 'http.bad_request'],
  [404, 'Not Found', 'http.not_found'],
  [500, '{"message":"Internal server error."}', 'http.server'],
  [502, page, 'http.server'],
  [429, page, 'http.rate_limited'],
])('%i %s is what its status says', (status, text, code) => expect(codeOf(status, text)).toBe(code));

test('what carries a request id of Logto is Logto’s, whatever it says', () =>
  expect(codeOf(401, '', { 'logto-core-request-id': 'x' })).toBe('http.unauthorized'));

test('a redirect is named without what may be a credential in it', () => {
  const location = 'https://ops:pw@login.example/cb?code=s3cret#token=t0ken';
  expect(answerError(302, headersOf({ location }), '').detail.reason).toBe(
    'redirected to https://login.example/cb',
  );
});

/** Sign by sign, from each of their signs anew, these took minutes. */
test('of a page that only begins things, a line is read as of any other', () => {
  const pages = ['<', '<title', '<script', '</', '<a', '<style><'].map(
    (part) => `<html>${part.repeat(20_000)}`,
  );
  for (let turn = 0; turn < 300; turn += 1)
    for (const page of pages)
      expect(answerError(502, { get: () => null }, page).detail.reason?.length ?? 0).toBeLessThanOrEqual(200);
});

test('a line of a page has nothing before and behind it', () =>
  expect(answerError(502, headersOf(), '<html><title>\n Bad\n gateway </title></html>').detail.reason).toBe(
    'Bad gateway',
  ));

/** A value of lists in lists, so many deep, with `inner` in the last. */
const nested = (deep: number, inner: string) => `${'['.repeat(deep)}${inner}${']'.repeat(deep)}`;

test('what nests deeper than any field does is cut there, and nothing else is', () => {
  const read = (text: string) => JSON.stringify(jsonOf(200, headersOf(), text));
  expect(read(nested(100, '"whole"'))).toBe(nested(100, '"whole"'));
  expect(read(nested(101, '"cut"'))).toBe(nested(100, '"[nested too deeply]"'));
  expect(read(nested(5_000, ''))).toBe(nested(100, '"[nested too deeply]"'));
  expect(read('{"a":1,"b":null}')).toBe('{"a":1,"b":null}');
});

test('what a server asks to wait is seconds or a date, and never before now', () => {
  const asked = (value: string) => retryAfterMs(headersOf({ 'retry-after': value }), Date.UTC(2026, 0, 1));
  expect(asked('2')).toBe(2_000);
  expect(asked('0.5')).toBe(500);
  expect(asked('Thu, 01 Jan 2026 00:00:09 GMT')).toBe(9_000);
  expect(asked('Thu, 01 Jan 2025 00:00:00 GMT')).toBe(0);
  expect(asked('soon')).toBeNull();
  expect(retryAfterMs(headersOf(), 0)).toBeNull();
});

test('a server’s own failure is told from what somebody before it says, and from what is not an answer', () => {
  const failed = answerError(500, headersOf(), '{"message":"Internal server error."}');
  expect(isFailure(failed)).toBe(true);
  expect(isFailure(answerError(502, headersOf(), page))).toBe(false);
  expect(isFailure(Object.assign(new Error('x'), { detail: { status: 500 } }))).toBe(false);
  expect(isUnanswered(failed)).toBe(true);
  expect(isUnanswered(new DeskError('network.timeout'))).toBe(true);
  expect(isUnanswered(new DeskError('cancelled'))).toBe(false);
});
