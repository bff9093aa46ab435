import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCore } from '../../doors/testing.ts';
import { errorValueOf } from '../../shared/errors.ts';
import { credentialsOf, SentCredentials, scrubber } from './scrub.ts';

const appId = 'echoed-app';
const secret = 'Zq7$kW~"se/c\'ret<ü+ 漢%41\\n>bytes';
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
  (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
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
    const headers = {
      location: `https://else.example/${encodeURI(known)}`,
      'logto-core-request-id': Buffer.from(known).toString('latin1'),
    };
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

const units = (text: string) => [...Array(text.length).keys()].map((at) => text.charCodeAt(at));
const hexOf = (text: string) => Buffer.from(text).toString('hex');
const named: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  ü: 'uuml',
  é: 'eacute',
  $: 'dollar',
};
/** Every so many characters something that breaks the line. */
const broken = (text: string, width: number, by: string) =>
  text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(by) ?? '';

/** Encodings that a server may put around a text, once or one around the other. */
const encodings: readonly (readonly [name: string, encode: (text: string) => string])[] = [
  ['address', (text) => encodeURIComponent(text.toWellFormed())],
  ['form', (text) => new URLSearchParams({ a: text }).toString().slice(2)],
  ['every byte of an address', (text) => hexOf(text).replace(/../g, '%$&')],
  ['JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['JSON of a whole answer', (text) => JSON.stringify({ error: JSON.stringify({ message: text }) })],
  [
    'JSON in ASCII',
    (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[^ -~]/g, (char) => `\\u${units(char)[0]?.toString(16).padStart(4, '0')}`),
  ],
  [
    'every unit of JSON',
    (text) =>
      units(text)
        .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
        .join(''),
  ],
  [
    'JavaScript',
    (text) =>
      [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  ],
  [
    'escape()',
    (text) =>
      units(text)
        .map((unit) => `%u${unit.toString(16).padStart(4, '0')}`)
        .join(''),
  ],
  ['HTML by name', (text) => text.replace(/[&<>"'üé$]/g, (char) => `&${named[char]};`)],
  ['HTML by number', (text) => [...text].map((char) => `&#${char.codePointAt(0)};`).join('')],
  [
    'HTML in hexadecimal',
    (text) => [...text].map((char) => `&#x${char.codePointAt(0)?.toString(16)};`).join(''),
  ],
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
  ['base64 in lines', (text) => broken(Buffer.from(text).toString('base64'), 7, '\r\n')],
  ['base64 in a mail', (text) => broken(Buffer.from(text).toString('base64'), 76, '\n  ')],
  ['base64 of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('base64')],
  ['hexadecimal', hexOf],
  [
    'hexadecimal in either case',
    (text) => hexOf(text).replace(/[a-f]/g, (char, at: number) => (at % 3 ? char.toUpperCase() : char)),
  ],
  ['bytes with colons', (text) => broken(hexOf(text), 2, ':')],
  ['a dump', (text) => `<Buffer ${broken(hexOf(text), 2, ' ')}>`],
  ['a dump in lines', (text) => broken(hexOf(text), 32, '\n')],
  ['a Basic header', (text) => `Basic ${Buffer.from(`${appId}:${text}`).toString('base64')}`],
  [
    'a Basic header as the RFC has it',
    (text) => `Basic ${btoa(`${appId}:${encodeURIComponent(text.toWellFormed())}`)}`,
  ],
];

const anySecret = fc
  .oneof(
    fc.string({ minLength: 12, maxLength: 60 }),
    fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 }),
    fc.base64String({ minLength: 32, maxLength: 64 }),
    fc
      .array(fc.constantFrom(...'aZ3"\'\\/%&;+ <>$üé漢😀=41n'), { minLength: 16, maxLength: 40 })
      .map((chars) => chars.join('')),
  )
  .filter((text) => text.isWellFormed() && !/^(.)\1*$/.test(text));
/** What stands around a credential inside an encoding: words, not the beginning of an escape. */
const around = fc.stringMatching(/^([ .:=-]([\w .:=-]{0,7}[ .:=-])?)?$/);

test.each(encodings)('no secret comes through %s, nor that written in any other way', (_, outer) => {
  fc.assert(
    fc.property(
      anySecret,
      around,
      around,
      fc.constantFrom(...encodings),
      (hidden, before, after, [, inner]) => {
        const scrub = scrubber([hidden]).text;
        for (const written of [outer(hidden), outer(`${before}${hidden}${after}`), outer(inner(hidden))]) {
          const clean = scrub(`{"message":"refused ${written} at 7"}`);
          expect(clean).not.toContain(written);
          expect(clean).toContain('[removed]');
          // What stands around it is there still.
          expect(clean.startsWith('{"message":"refused ')).toBe(true);
          expect(clean.endsWith(' at 7"}')).toBe(true);
          // There is nothing left of it to be found.
          expect(scrub(clean)).toBe(clean);
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** Found by chance, once: characters of both widths of UTF-16, few of ASCII in a row, and what looks like an escape. */
const found = [
  'Ā"ĀĀ  Ā  Ā Ā ',
  'Ā\\ĀĀ&ĀĀ%ĀĀ<ĀĀ',
  '漢"漢\\漢/漢%漢&漢+漢',
  '\u{1f600}"\u{1f600}%\u{1f600}',
  'é"é&é\\é%é+é',
  ' "           \\',
  '\\\\\'aaaaaaaaaaaaa\\"',
  '%%33aaaaaaaaaa\\aaaaa',
  secret,
];

test.each(found)(
  'each encoding around each other one hides nothing of a secret that was found once: %s',
  (hidden) => {
    const scrub = scrubber([hidden]).text;
    for (const [outerName, outer] of encodings)
      for (const [innerName, inner] of encodings) {
        const written = outer(inner(hidden));
        const clean = scrub(`{"message":"refused ${written} at 7"}`);
        expect(clean.includes(written), `${innerName} in ${outerName}`).toBe(false);
        expect(clean.startsWith('{"message":"refused ') && clean.endsWith(' at 7"}')).toBe(true);
      }
  },
);

test('base64 three times over, and a token beside a secret, are found', () => {
  const scrub = scrubber([secret, token]).text;
  const thrice = [1, 2, 3].reduce((text) => Buffer.from(text).toString('base64'), secret);
  expect(scrub(`a ${thrice} b ${token} c`)).toMatch(/^a \[removed\]\w*=* b \[removed\] c$/);
});

test('ordinary text is left untouched', () => {
  const scrub = scrubber([secret, token, 'k'.repeat(32)]).text;
  const words = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.json(),
    fc.webUrl(),
    fc.base64String(),
    fc.lorem(),
  );
  fc.assert(
    fc.property(fc.array(words), fc.constantFrom(...encodings), (parts, [, encode]) => {
      const text = `${parts.join(' ')} ${encode(parts.join('').toWellFormed())}`;
      expect(scrub(text)).toBe(text);
    }),
  );
});

test('texts without a credential stay as they are, and whatever stands around one is kept', () => {
  const scrub = scrubber([secret]).text;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
      if (!`${before}${after}`.includes(secret)) expect(scrub(before)).toBe(before);
      expect(scrub(`${before} ${secret} ${after}`)).not.toContain(secret);
    }),
  );
  expect(scrub('100%25 of \\u0041 &amp; \\/')).toBe('100%25 of \\u0041 &amp; \\/');
  // A short secret would be found in ordinary words.
  expect(scrubber(['abc']).text('abcabc')).toBe('abcabc');
});

test('of a request its token is a credential, and of Basic the secret in each of its forms; nothing else is', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  expect(credentialsOf({ authorization: 'Bearer abc.def' })).toEqual(['abc.def']);
  expect(credentialsOf({ authorization: basic('app:plain') })).toEqual(['plain', expect.any(String)]);
  expect(credentialsOf({ authorization: basic('app:a%20b+c') })).toEqual([
    'a b c',
    'a%20b+c',
    expect.any(String),
  ]);
  for (const headers of [{}, { authorization: 'Digest x' }, { accept: 'Bearer abc' }])
    expect(credentialsOf(headers)).toEqual([]);
});

test('what was sent to a server is taken out of its answers alone, and of tokens the last ones are remembered', () => {
  const sent = new SentCredentials();
  const tokenOf = (at: number) => `token-of-the-hour-${String(at).padStart(4, '0')}-${'x'.repeat(12)}`;
  const note = (origin: string, at: number) => sent.note(origin, { authorization: `Bearer ${tokenOf(at)}` });
  for (let at = 0; at < 19; at += 1) note('https://one.example', at);
  const scrub = note('https://one.example', 19);
  const said = scrub.text(Array.from({ length: 20 }, (_, at) => tokenOf(at)).join(' '));
  const kept = Array.from({ length: 20 }, (_, at) => at).filter((at) => said.includes(tokenOf(at)));
  expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  // The same request once more makes nothing anew, and another server knows nothing of it.
  expect(note('https://one.example', 19)).toBe(scrub);
  expect(note('https://other.example', 99).text(tokenOf(19))).toBe(tokenOf(19));
  expect(sent.note('https://third.example', {}).text(tokenOf(19))).toBe(tokenOf(19));
});
