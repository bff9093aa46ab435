import { DeskError, type ErrorCode } from '../../shared/errors.ts';
import { because, type Reason } from '../../shared/reasons.ts';

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

/** What a code says; others stay as they are. The first that fits, of Node's, undici's and Chromium's. */
const reasons: readonly (readonly [pattern: RegExp, why: Reason])[] = [
  [/ENOTFOUND|EAI_NODATA|ERR_NAME_NOT_RESOLVED/, because('network.noName')],
  [/EAI_AGAIN|ERR_NAME_RESOLUTION_FAILED/, because('network.nameServer')],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED/, because('network.refused')],
  [/EHOSTUNREACH|ENETUNREACH|ERR_ADDRESS_UNREACHABLE/, because('network.noRoute')],
  [/ERR_INTERNET_DISCONNECTED/, because('network.offline')],
  [/ERR_PROXY_CONNECTION_FAILED/, because('network.proxy')],
  [
    /UND_ERR_SOCKET|ECONNRESET|EPIPE|ERR_CONNECTION_(CLOSED|RESET|ABORTED)|ERR_EMPTY_RESPONSE/,
    because('network.closed'),
  ],
  [
    /ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|UND_ERR_RES_CONTENT_LENGTH_MISMATCH/,
    because('network.brokenOff'),
  ],
  [/ERR_NETWORK_CHANGED/, because('network.changed')],
  [
    /UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/,
    because('network.slow'),
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
  const why = isBroken ? because('network.brokenOff') : reasons.find(([pattern]) => pattern.test(raw))?.[1];
  const typed = new DeskError(
    code ?? 'network.interrupted',
    { where, ...(why ? { why } : { reason: raw }) },
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
