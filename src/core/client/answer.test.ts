import { describe, expect, test } from 'vitest';
import { answerError, jsonOf } from './answer.ts';

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
