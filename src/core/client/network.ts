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
];

const textsOf = (error: unknown): string[] => {
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error && texts.length < 20; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    texts.push(code, at.name, at.message);
    if (at instanceof AggregateError) texts.push(...at.errors.flatMap(textsOf));
  }
  return texts.filter(Boolean);
};

/** The typed error of a request that got no whole answer. `where` is the host that was asked. */
export const networkError = (error: unknown, where: string): DeskError => {
  if (error instanceof DeskError) return error;
  const texts = textsOf(error);
  const meaning = meanings.find(([pattern]) => texts.some((text) => pattern.test(text)));
  const reason = texts.findLast((text) => /^[A-Z][A-Z0-9_]{3,}$|net::/.test(text)) ?? texts.at(-1) ?? '';
  return new DeskError(meaning?.[1] ?? 'network.interrupted', { where, reason }, { cause: error });
};

/** True for errors where a repeat of an idempotent request can help. */
export const isPassing = (error: DeskError): boolean =>
  error.code === 'network.refused' ||
  error.code === 'network.timeout' ||
  error.code === 'network.interrupted' ||
  error.code === 'network.dns' ||
  [429, 502, 503, 504].includes(error.detail.status ?? 0);
