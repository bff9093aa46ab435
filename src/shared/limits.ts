import { because, type Reason } from './reasons.ts';

/** Rows of one request; the API's largest page (FACTS pagination). */
export const pageSize = 100;

/** Characters that a passphrase of a snapshot has at least: short ones are guessed by whoever has the file. */
export const shortestPassphrase = 12;

/** How long a copy of personal data stays in the clipboard, ms. */
export const clipboardMs = 30_000;

/** Rows that a list may have which comes all at once; the API has none of them by the thousand. */
export const mostAtOnce = 50_000;

/** A page past the end of any list: it holds no row to fail on (FACTS pagination 3). */
export const pastEnd = 10_000_000;

/**
 * Characters of a search in an address: proxies take 8 kB of a request's first line, Node 16 kB of all headers, and a
 * longer one is answered 431 or 414.
 */
export const longestSearch = 6_000;

/** Whether the parameters of a search have room in an address. */
export const isShortEnough = (params: readonly (readonly [string, string])[]): boolean =>
  new URLSearchParams(params.map(([name, value]): [string, string] => [name, value])).toString().length <=
  longestSearch;

/** What is said of one that has not, of users with what finds many. */
export const tooLongToSearch = (isOfUsers: boolean): Reason =>
  because(isOfUsers ? 'search.tooLongForUsers' : 'search.tooLong');
