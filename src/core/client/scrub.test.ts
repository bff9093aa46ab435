import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCore } from '../../doors/testing.ts';
import { errorValueOf } from '../../shared/errors.ts';
import { scrubber } from './scrub.ts';

const appId = 'echoed-app';
const secret = 'Zq7$kW~se/cret+bytes';
const token = 'eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJlY2hvIn0.c2lnbmF0dXJlLW9mLWFuLWVjaG8';

/** How a server may write a text back. */
const writings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(text).toString('base64url'),
  (text) => Buffer.from(`${appId}:${text}`).toString('base64'),
  (text) => Buffer.from(`x${text}y`).toString('base64'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  (text) => [...text].map((char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
  (text) => [...text].map((char) => `&#${char.charCodeAt(0)};`).join(''),
  (text) => [...text].map((char) => `&#x${char.charCodeAt(0).toString(16)};`).join(''),
];

let written = writings[0] as (text: string) => string;
let known = '';
/** What the hostile server answers to everything but the first token request. */
let shape: 'json' | 'html' | 'header' | 'rows' = 'json';
let lets = true;

const answer = (response: ServerResponse, authorization: string) => {
  // It remembers what it was sent, and takes headers apart.
  known = `${written(secret)} ${written(token)} ${authorization}`;
  if (shape === 'rows') {
    response.writeHead(200, { 'content-type': 'application/json', 'total-number': '1' });
    return response.end(`[{"id":"u1","name":"${known}"}]`);
  }
  if (shape === 'header') {
    const headers = { location: `https://else.example/${encodeURI(known)}`, 'logto-core-request-id': known };
    return response.writeHead(302, headers).end();
  }
  const type = shape === 'json' ? 'application/json' : 'text/html';
  response.writeHead(400, { 'content-type': type });
  return response.end(
    shape === 'json'
      ? `{"message":"refused ${known}","code":"${known}","error_description":"${known}"}`
      : `<html><title>refused ${known}</title><body>${known}</body></html>`,
  );
};

const server = createServer((request, response) => {
  const { authorization = '' } = request.headers;
  if (request.url?.endsWith('/oidc/token') && lets)
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ access_token: token, expires_in: 3600, scope: 'all' }));
  return answer(response, authorization);
});
let endpoint = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Undoes what a reader of the text could undo. */
const readable = (text: string): string =>
  [text, text.replace(/\\+u00(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))].join('\n');

test.each(['json', 'html', 'header', 'rows'] as const)(
  'nothing of the secret and the token comes back out of a server’s answer: %s',
  async (how) => {
    shape = how;
    // Rows take longer: a token request without a token is repeated.
    for (const writing of how === 'rows' ? writings.filter((_, at) => at % 3 === 0) : writings) {
      written = writing;
      await using held = testCore();
      const input = { kind: 'oss' as const, name: 'Echo', endpoint, appId };
      const { id } = await held.core.profiles.add(input, secret, 'memory');
      const query = { profile: id, resource: 'users', filters: {} };
      const said: unknown[] = [];
      const ask = async () =>
        said.push(await held.core.pages.page({ query, index: 0 }, {}).catch((error) => errorValueOf(error)));
      lets = true;
      await ask();
      lets = false;
      for await (const step of held.core.tests.test({ input, secret })) said.push(step);
      const text = readable(JSON.stringify(said));
      const forms = [secret, token, writing(secret), writing(token), JSON.stringify(secret).slice(1, -1)];
      for (const form of [...forms, Buffer.from(`${appId}:${encodeURIComponent(secret)}`).toString('base64')])
        expect(text.includes(form), `${form}\n${text}`).toBe(false);
      expect(known).not.toBe('');
    }
  },
);

test('texts without a credential stay as they are, and whatever stands around one is kept', () => {
  const scrub = scrubber([secret]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
      if (!`${before}${after}`.includes(secret)) expect(scrub(before)).toBe(before);
      expect(scrub(`${before} ${secret} ${after}`)).not.toContain(secret);
    }),
  );
  expect(scrub('100%25 of \\u0041 &amp; \\/')).toBe('100%25 of \\u0041 &amp; \\/');
  // A short secret would be found in ordinary words.
  expect(scrubber(['abc'])('abcabc')).toBe('abcabc');
});
