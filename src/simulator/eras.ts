import { createHash } from 'node:crypto';
import { type Answer, type Asked, failure, json } from './answer.ts';
import { documentedPaths } from './openapi-paths.ts';

/** Servers that were measured: their answers differ, and none of them names its version (FACTS older servers). */
export const eras = ['1.30', '1.41', '1.42'] as const;
export type Era = (typeof eras)[number];

/** Paths, as documents write them, that a server does not have yet. */
const later: Readonly<Record<Era, RegExp>> = {
  '1.30':
    /^\/api\/(users\/[^/]+\/(sessions|grants|logto-configs|password\/expiration)(\/.*)?|custom-profile-fields(\/.*)?|configs\/(id-token|actions|cimd)(\/.*)?|configs\/oidc\/session|applications\/[^/]+\/access-control|cimd\/.*|sso-connectors\/[^/]+\/signing-keys(\/.*)?|domains\/[^/]+\/verification-files|\.well-known\/account-center)$/,
  '1.41':
    /^\/api\/(configs\/(actions|cimd)(\/.*)?|cimd\/.*|sso-connectors\/[^/]+\/signing-keys(\/.*)?|domains\/[^/]+\/verification-files)$/,
  '1.42': /^$/,
};

/** Fields that a server's answers do not have yet, by path. */
const laterFields: Readonly<Record<Era, readonly (readonly [path: RegExp, fields: readonly string[]])[]>> = {
  '1.30': [
    [/^\/api\/(users|users\/[^/]+|roles\/[^/]+\/users|organizations\/[^/]+\/users)$/, ['cimdClientId']],
    [/^\/api\/(applications|applications\/[^/]+)$/, ['appLevelAccessControlEnabled']],
    [/^\/api\/(organizations|organizations\/[^/]+|users\/[^/]+\/organizations)$/, ['color', 'customCss']],
    [/^\/api\/account-center$/, ['customCss', 'deleteAccountUrl', 'profileFields']],
    [/^\/api\/configs\/oidc\/private-keys$/, ['status']],
    [
      /^\/api\/sign-in-exp$/,
      [
        'adaptiveMfa',
        'customUiCsp',
        'forgotPasswordMethods',
        'hideLogtoBranding',
        'passkeySignIn',
        'passwordExpiration',
        'signUpProfileFields',
        'usernamePolicy',
        'verificationCodePolicy',
      ],
    ],
  ],
  '1.41': [
    [/^\/api\/(users|users\/[^/]+|roles\/[^/]+\/users|organizations\/[^/]+\/users)$/, ['cimdClientId']],
  ],
  '1.42': [],
};

/** The answer of a server that does not have the path yet; null when it does. */
export const notYet = (era: Era, asked: Asked): Answer | null => {
  if (!later[era].test(asked.path)) return null;
  // There the path takes the name of a kind of keys, and this is none.
  if (asked.path === '/api/configs/oidc/session')
    return json(
      {
        code: 'guard.invalid_input',
        data: {
          issues: [
            {
              received: 'session',
              code: 'invalid_enum_value',
              options: ['private-keys', 'cookie-keys'],
              path: ['keyType'],
              message: "Invalid enum value. Expected 'private-keys' | 'cookie-keys', received 'session'",
            },
          ],
          name: 'ZodError',
        },
        details:
          "Error in key path \"keyType\": (invalid_enum_value) Invalid enum value. Expected 'private-keys' | 'cookie-keys', received 'session'",
        message: 'The request params is invalid.',
      },
      400,
    );
  return { status: 404, text: 'Not Found' };
};

const without = (row: unknown, fields: readonly string[]): unknown =>
  typeof row === 'object' && row !== null
    ? Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name)))
    : row;

/** The answer without the fields that the server does not have yet. */
export const asOf = (era: Era, asked: Asked, answer: Answer): Answer => {
  const found = laterFields[era].find(([path]) => path.test(asked.path));
  if (!found || answer.status >= 300) return answer;
  const [, fields] = found;
  const { body } = answer;
  return {
    ...answer,
    body: Array.isArray(body) ? body.map((row) => without(row, fields)) : without(body, fields),
  };
};

/** Which moments a request asks for, unix ms: `exclusive` leaves both bounds out. */
export type Window = { start: number; end: number; exclusive: boolean };

export const isWithin = (time: number, { start, end, exclusive }: Window): boolean =>
  exclusive ? time > start && time < end : time >= start && time <= end;

/** The window of a request for logs, or the answer that refuses it (FACTS older servers). */
export const windowOf = (era: Era, asked: Asked): Window | Answer => {
  const always = { start: -Infinity, end: Infinity, exclusive: false };
  // Any values, and not a word about it.
  if (era === '1.30') return always;
  const given = (name: string, open: number) =>
    asked.query.has(name) ? Number(asked.query.get(name)) : open;
  const start = given('start_time', always.start);
  const end = given('end_time', always.end);
  const wrong = Number.isNaN(start) ? 'start_time' : Number.isNaN(end) ? 'end_time' : null;
  if (wrong) return json({ code: 'guard.invalid_input', message: `The request ${wrong} is invalid.` }, 400);
  const exclusive = era === '1.41';
  if (start > end || (exclusive && start === end)) return failure(asked, 400, 'log.invalid_time_window');
  return { start, end, exclusive };
};

/** A total past 10,000 is only told as a bound where that is asked, and known. */
export const isCapAsked = (era: Era, query: URLSearchParams): boolean =>
  era !== '1.30' && query.get('enableCap') === 'true';

const timedPath = /^\/api\/(logs|hooks\/\{id\}\/recent-logs)$/;
const timeParameters = ['enableCap', 'start_time', 'end_time'];

const documents = new Map<Era, { body: unknown; etag: string }>();

/** The server's own OpenAPI document, with nothing of it but paths, methods and query parameters. */
const documentOf = (era: Era) => {
  const known = documents.get(era);
  if (known) return known;
  const parametersOf = (path: string, names: string) =>
    names
      .split(' ')
      .filter(
        (name) => name !== '' && !(era === '1.30' && timedPath.test(path) && timeParameters.includes(name)),
      )
      .map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } }));
  const body = {
    openapi: '3.0.1',
    info: {
      title: 'Logto API references',
      description: 'API references for Logto services.',
      version: 'Cloud',
    },
    paths: Object.fromEntries(
      Object.entries(documentedPaths)
        .filter(([path]) => !later[era].test(path))
        .map(([path, methods]) => [
          path,
          Object.fromEntries(
            Object.entries(methods).map(([method, names]) => [
              method,
              { parameters: parametersOf(path, names) },
            ]),
          ),
        ]),
    ),
  };
  const etag = `W/"${createHash('sha1').update(JSON.stringify(body)).digest('base64url')}"`;
  documents.set(era, { body, etag });
  return { body, etag };
};

/** The answer to a request for the document; 304 where the caller has it. */
export const documentAnswer = (era: Era, asked: Asked): Answer => {
  const { body, etag } = documentOf(era);
  const headers = { etag };
  return asked.headers['if-none-match'] === etag ? { status: 304, headers } : { ...json(body), headers };
};
