import type { Resource } from '../../shared/catalog/index.ts';
import { DeskError, type ErrorValue } from '../../shared/errors.ts';
import type { Query } from '../../shared/query.ts';

const isOneOf = (error: unknown, codes: readonly string[]) =>
  error instanceof DeskError && codes.includes(error.code);

type Asked = Pick<Query, 'parent' | 'filters'>;

/** True of an error whose code says that an object is missing: the route is there. */
const saysMissing = (error: unknown): error is DeskError =>
  error instanceof DeskError && (error.detail.serverCode?.startsWith('entity.') ?? false);

/** True where the tenant could have the one object of a resource, and has none. */
export const isNotSetUp = (
  error: unknown,
  { singleton }: Pick<Resource, 'singleton'>,
  { parent }: Pick<Query, 'parent'>,
): boolean =>
  singleton === true && parent === undefined && saysMissing(error) && error.code === 'http.not_found';

/**
 * True when an error says that the tenant does not have the list: older servers and smaller plans lack some, each in its own
 * way (FACTS older servers).
 */
const saysAbsent = (
  { code, detail: { serverCode, reason } }: Pick<ErrorValue, 'code' | 'detail'>,
  { optional = false, pin }: Pick<Resource, 'optional' | 'pin'>,
  { parent, filters }: Asked,
): boolean => {
  switch (code) {
    case 'http.not_offered':
      return true;
    // A path that the server does not know is told in its plain text, which no other program's page is; a row that is gone,
    // by a code.
    case 'http.not_found':
      return optional || (serverCode === undefined ? reason === 'Not Found' : parent === undefined);
    // Without the role nothing can be read: that is something else to say, and to do.
    case 'http.forbidden':
      return optional || (serverCode !== undefined && serverCode !== 'auth.forbidden');
    // Where nothing else was given, the list's own name is what the server does not take.
    case 'http.bad_request':
      return (
        serverCode === 'guard.invalid_input' &&
        parent === undefined &&
        pin === undefined &&
        Object.keys(filters).length === 0
      );
    default:
      return false;
  }
};

/** The error of a list that was asked for: `http.not_offered` where it says that the tenant does not have the list. */
export const asAbsence = (
  error: unknown,
  resource: Pick<Resource, 'optional' | 'pin'>,
  asked: Asked,
): unknown =>
  error instanceof DeskError && saysAbsent(error, resource, asked)
    ? new DeskError('http.not_offered', error.detail, { cause: error })
    : error;

/** True when the tenant does not have the list. That an app may not read one says nothing of what is in it. */
export const isNotOffered = (error: unknown): boolean => isOneOf(error, ['http.not_offered']);

/** True when a list that was read is not there for this app: the tenant does not have it, or the app may not read it. */
export const isAbsent = (error: unknown): boolean => isOneOf(error, ['http.not_offered', 'http.forbidden']);

/**
 * True when a row has no such list below it: one that went meanwhile has nothing there, nor has one of a kind that cannot
 * have it. Of a list that the tenant does not have, no row can tell.
 */
export const hasNoneBelow = (error: unknown): boolean =>
  isOneOf(error, ['http.not_found', 'http.bad_request']) || (isAbsent(error) && saysMissing(error));

/** True when nothing of a list is in the mirror. */
export const isNotMirrored = (error: unknown): boolean => isOneOf(error, ['mirror.empty']);
