import { DeskError, type ErrorCode } from '../../shared/errors.ts';

/** Codes of Node, undici and Chromium (`net::ERR_…`) by what they mean to an operator. */
const meanings: readonly (readonly [pattern: RegExp, code: ErrorCode])[] = [
  [/ENOTFOUND|EAI_AGAIN|EAI_NODATA|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, 'network.dns'],
  [
    /bad port|ERR_UNSAFE_PORT|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE|ERR_INTERNET_DISCONNECTED|ERR_PROXY_CONNECTION_FAILED/,
    'network.refused',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL|EPROTO|ERR_BAD_SSL/,
    'network.tls',
  ],
  [/TIMEOUT|ETIMEDOUT|TimeoutError|ERR_TIMED_OUT/, 'network.timeout'],
  [/REDIRECT|unexpected redirect|Redirect was cancelled/, 'network.redirected'],
  // A part of this program that is loaded with the first request.
  [/ERR_MODULE_NOT_FOUND/, 'program.replaced'],
];

/** What a code says, in words; others stay as they are. The first that fits, of Node's, undici's and Chromium's. */
const sentences: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ENOTFOUND|EAI_NODATA|ERR_NAME_NOT_RESOLVED/, 'no such name is known'],
  [/EAI_AGAIN|ERR_NAME_RESOLUTION_FAILED/, 'the name server did not answer'],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED/, 'nothing accepts connections there'],
  [/EHOSTUNREACH|ENETUNREACH|ERR_ADDRESS_UNREACHABLE/, 'no route leads there'],
  [/ERR_INTERNET_DISCONNECTED/, 'this computer has no network'],
  [/ERR_PROXY_CONNECTION_FAILED/, 'the proxy cannot be reached'],
  [
    /UND_ERR_SOCKET|ECONNRESET|EPIPE|ERR_CONNECTION_(CLOSED|RESET|ABORTED)|ERR_EMPTY_RESPONSE/,
    'the other side closed it',
  ],
  [
    /ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|UND_ERR_RES_CONTENT_LENGTH_MISMATCH/,
    'the answer broke off',
  ],
  [/ERR_NETWORK_CHANGED/, 'the network changed'],
  [
    /UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/,
    'it took too long',
  ],
];

/** Answers of which the beginning came, and no end. */
const brokenOff = new WeakSet<DeskError>();

/** True of an answer that broke off: the network is there, and to wait longer brings the same answer. */
export const isBrokenOff = (error: unknown): boolean => error instanceof DeskError && brokenOff.has(error);

/** What an error and its causes say in the program's own words, and in those of what it runs on. */
export const textsOf = (error: unknown): string[] => {
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error && texts.length < 20; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    texts.push(code, at.name, at.message);
    if (at instanceof AggregateError) texts.push(...at.errors.flatMap(textsOf));
  }
  return texts.filter(Boolean);
};

/** The typed error of a request that got no whole answer: none of it, or (`began`) not its end. `where` is the host that was asked. */
export const networkError = (error: unknown, where: string, began = false): DeskError => {
  if (error instanceof DeskError) return error;
  const texts = textsOf(error);
  const code = meanings.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
  const raw = texts.findLast((text) => /^[A-Z][A-Z0-9_]{3,}$|net::/.test(text)) ?? texts.at(-1) ?? '';
  const isBroken = began && code === undefined;
  const said = isBroken ? 'the answer broke off' : sentences.find(([pattern]) => pattern.test(raw))?.[1];
  const typed = new DeskError(
    code ?? 'network.interrupted',
    { where, reason: said ?? raw },
    { cause: error },
  );
  if (isBroken) brokenOff.add(typed);
  return typed;
};

/** True for errors where a repeat of an idempotent request can help. */
export const isPassing = (error: DeskError): boolean =>
  error.code === 'network.refused' ||
  error.code === 'network.timeout' ||
  error.code === 'network.interrupted' ||
  error.code === 'network.dns' ||
  [429, 502, 503, 504].includes(error.detail.status ?? 0);
