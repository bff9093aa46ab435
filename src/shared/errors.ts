import type { Reason } from './reasons.ts';

/**
 * What can go wrong, as codes that every door can explain (`phrases/`).
 * A code names the cause that an operator can act on, not the place in the program.
 */
export const errorCodes = [
  'network.dns',
  'network.refused',
  'network.timeout',
  'network.tls',
  'network.interrupted',
  'network.redirected',
  'token.wrong_secret',
  'token.unknown_app',
  'token.wrong_resource',
  'token.missing_role',
  'token.failed',
  'http.bad_request',
  'http.unauthorized',
  'http.forbidden',
  'http.not_found',
  'http.not_offered',
  'http.rate_limited',
  'http.server',
  'http.row',
  'http.unreadable',
  'http.untimely',
  'http.unexpected',
  'keychain.unavailable',
  'keychain.locked',
  'secret.missing',
  'secret.elsewhere',
  'profile.not_found',
  'profile.invalid',
  'profile.custom_domain',
  'profile.name_taken',
  'profile.read_only',
  'query.invalid',
  'query.expression',
  'input.invalid',
  'id.invalid',
  'usage.invalid',
  'usage.missing',
  'settings.damaged',
  'settings.unreadable',
  'settings.newer',
  'settings.not_writable',
  'export.not_writable',
  'export.disk_full',
  'export.interrupted',
  'export.database',
  'export.nothing',
  'job.not_found',
  'job.busy',
  'scan.gone',
  'test.gone',
  'dossier.nobody',
  'dossier.several',
  'dossier.unread',
  'mirror.failed',
  'mirror.foreign',
  'mirror.unowned',
  'mirror.newer',
  'mirror.empty',
  'mirror.members',
  'snapshot.foreign',
  'snapshot.damaged',
  'snapshot.newer',
  'snapshot.passphrase',
  'snapshot.without',
  'snapshot.no_server',
  'changes.locked',
  'changes.confirm',
  'changes.operation',
  'changes.incomplete',
  'changes.rows_hidden',
  'changes.plan_gone',
  'changes.taken',
  'changes.paused',
  'changes.plan_foreign',
  'changes.plan_moved',
  'changes.plan_applied',
  'changes.plan_damaged',
  'changes.plan_newer',
  'changes.plan_empty',
  'changes.secret_gone',
  'changes.source_moved',
  'changes.journal',
  'changes.unfound',
  'changes.unknown',
  'changes.dropped',
  'changes.refused',
  'image.refused',
  'import.unreadable',
  'import.too_large',
  'import.changed',
  'import.columns',
  'import.gone',
  'import.parts',
  'locked',
  'cancelled',
  'program.replaced',
  'page.part',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What is known of an error beyond its code; every field is safe to show and to log. */
export type ErrorDetail = {
  /** Why, where we know it; said by its phrase. */
  why?: Reason;
  /** One plain line, in the words of whoever reported it (a server's message, a file's path). */
  reason?: string;
  /** HTTP status. */
  status?: number;
  /** `logto-core-request-id` of the answer. */
  requestId?: string;
  /** Logto's own code, e.g. `entity.not_found`. */
  serverCode?: string;
  /** Where it happened: a host, a path, a field. */
  where?: string;
  /** The character of a search line, from 1. */
  column?: number;
};

/** An error with a code from `errorCodes`. Its message is for logs; users read the code's phrases. */
export class DeskError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    const why = detail.why?.code ?? detail.reason;
    super(why ? `${code}: ${why}` : code, options);
    this.name = 'DeskError';
    this.code = code;
    this.detail = detail;
  }
}

/** The same error as a plain value, as it travels from the core to a door. */
export type ErrorValue = { code: ErrorCode; detail: ErrorDetail };

const known: ReadonlySet<string> = new Set(errorCodes);

/** The plain value of whatever was thrown; an unknown error becomes `internal` without its text. */
export const errorValueOf = (thrown: unknown): ErrorValue => {
  if (thrown instanceof DeskError) return { code: thrown.code, detail: thrown.detail };
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'cancelled', detail: {} };
  const isPartGone = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_MODULE_NOT_FOUND';
  return { code: isPartGone ? 'program.replaced' : 'internal', detail: {} };
};

/** True for a value that another process says is an `ErrorValue`. */
export const isErrorValue = (value: unknown): value is ErrorValue =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  known.has(value.code) &&
  'detail' in value &&
  typeof value.detail === 'object';
