import { expect, test } from 'vitest';
import { redacted } from './redact.ts';

const secret = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY';
const jwt = 'eyJhbGciOiJFUzM4NCIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJtMm0ifQ.c2lnbmF0dXJl_-x';

/** Every shape in which FACTS saw a secret: rows of applications, hooks, connectors, configs, token requests. */
const shapes: Record<string, string> = {
  'an app secret in a row': `{"id":"abc","secret":"${secret}","name":"x"}`,
  'an application secret': `{"name":"default","value":"${secret}"}`,
  'a signing key of a hook': `{"signingKey":"${secret}"}`,
  'a client secret of a connector': `{"config":{"clientId":"id","clientSecret":"pw-with, comma \\" and quote"}}`,
  'an SMTP password': `{"auth":{"user":"mail","pass":"hunter2"}}`,
  'an access key of a mail service': `{"accessKeyId":"AKIAIOSFODNN7","accessKeySecret":"shortpw"}`,
  'a short password': 'password=hunter2&x=1',
  'a JSON text inside of JSON': JSON.stringify({ body: JSON.stringify({ client_secret: 'hunter2' }) }),
  Basic: `Authorization: Basic ${Buffer.from(`app:${secret}`).toString('base64')}`,
  Bearer: `authorization: 'Bearer ${jwt}'`,
  'a bare token': `got ${jwt} from the server`,
  'a personal access token': 'pat_9fK2hunter2x',
  'a token answer': `{"access_token":"${jwt}","expires_in":3600}`,
  'a form': `grant_type=client_credentials&client_id=abc&client_secret=${secret}`,
  'a proxy with a password': 'http://mail:hunter2@proxy.corp:8080/',
  'a key': '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIhunter2\n-----END EC PRIVATE KEY-----',
  'a JWK': `{"kty":"EC","d":"hunter2hunter2hunter2x","x":"abc"}`,
  'the one-time address of the browser door': `http://127.0.0.1:4000/?token=${secret}`,
  'a cookie': `set-cookie: logto-desk-4000=${secret}; HttpOnly`,
  'an error of a library': `Error: connect failed {"headers":{"authorization":"Basic YXBwOmh1bnRlcjI="}}`,
};

test.each(Object.entries(shapes))('%s leaves no trace', (_name, text) => {
  const rest = redacted(text);
  for (const part of [
    secret,
    jwt,
    'hunter2',
    'pw-with',
    'and quote',
    'shortpw',
    'YXBwOmh1bnRlcjI',
    'c2lnbmF0dXJl',
  ])
    expect(rest).not.toContain(part);
});

test.each([
  'list.page: DeskError',
  'GET /api/users?page=44&page_size=100 answered 200 in 17 ms',
  'request 6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  'user rngy15bm3zwv, application ijhjrinzs2c4yiu0b233',
  'The settings file could not be read and is kept as /home/kim/.config/logto-desk/settings.damaged-1795.json',
])('what is not a secret stays readable: %s', (text) => expect(redacted(text)).toBe(text));

test.each([
  'a token behind a word: x-eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJtMm0ifQ.c2lnbmF0dXJl',
  'a token behind a name: app.eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJtMm0ifQ.c2lnbmF0dXJl',
  'postgres+longer-than-any-scheme-that-there-is-in-this-world://kim:c2lnbmF0dXJl@db/x',
])('%s leaves no trace, whatever is before it', (text) =>
  expect(redacted(text)).not.toMatch(/c2lnbmF0dXJl|kim|c3ViIjoi|zdWIi/),
);

/** Parts that patterns begin with, continue with, and do not end with. */
const parts = [
  ['a', 'a-', 'a.', 'a+', 'a:', 'é1', '-', '1', ' ', '\\', '"'],
  [
    'a://',
    'a://b:',
    'http://a:b',
    '://:',
    '@',
    'password=',
    'password ',
    'password:',
    'secret_',
    'secretsecret',
  ],
  [
    '"secret":"',
    '"secret" ',
    "'secret':'",
    '\\"secret\\":\\"',
    '"secret":"a\\"',
    'eyJ',
    'eyJaaaaaaaa.',
    '-eyJaaaaaaaa',
  ],
  [
    'Basic ',
    'Bearer a',
    '"d":"',
    '"d" ',
    'pat_',
    'authorization:',
    '-----BEGIN A',
    '-----BEGIN PRIVATE KEY-----',
  ],
].flat();

test.each(parts)('a megabyte of %j takes no longer than a megabyte does', (part) => {
  // Where each place is begun anew, this takes minutes: the time that a test has is enough to tell.
  expect(redacted(part.repeat(Math.ceil(1_000_000 / part.length)))).toEqual(expect.any(String));
  expect(redacted(`"secret":"${part.repeat(Math.ceil(1_000_000 / part.length))}`)).toEqual(
    expect.any(String),
  );
});
