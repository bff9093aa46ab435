import { because, type Reason } from '../reasons.ts';
import {
  type SearchField,
  type SearchMode,
  type SearchTerm,
  searchFields,
  type UserSearch,
} from './terms.ts';
import { isWhole, likeOf, posixOf, wantedOf } from './wanted.ts';

const parameters: Readonly<Record<SearchField, string>> = {
  id: 'id',
  username: 'username',
  name: 'name',
  email: 'primaryEmail',
  phone: 'primaryPhone',
};

/** The user's property that a field names. */
export const searchColumn = (field: SearchField): string => parameters[field];

type ApiMode = 'like' | 'similar_to' | 'posix';
const apiModes: Readonly<Record<SearchMode, ApiMode>> = {
  contains: 'like',
  starts: 'like',
  ends: 'like',
  is: 'like',
  pattern: 'like',
  similar: 'similar_to',
  regex: 'posix',
};

/** The rule of the API that a search breaks; null when it can be sent. */
export const faultOf = ({
  terms,
  inRole,
  notInRole,
  inOrganization,
  notInOrganization,
  hideAdmins,
}: UserSearch): Reason | null => {
  if (inOrganization && (inRole || notInRole || notInOrganization || hideAdmins || terms.length > 0))
    return because('search.membersOnly');
  if (inRole && (notInRole || notInOrganization || hideAdmins)) return because('search.roleOnly');
  if (terms.some(({ values }) => values.length === 0 || values.some((value) => value === '')))
    return because('search.emptyValue');
  for (const field of searchFields) {
    const modes = new Set(terms.filter((term) => term.field === field).map(({ mode }) => apiModes[mode]));
    if (modes.size > 1) return because('search.oneManner', { field });
  }
  return null;
};

/** True when the server compares case-sensitively: asked for, or because "similar to" demands it. */
export const isCaseSensitive = ({ caseSensitive, terms }: UserSearch): boolean =>
  caseSensitive || terms.some(({ mode }) => mode === 'similar');

/**
 * The parameters of one field. The server takes several values of it only where they are exact (400 otherwise), so that
 * several patterns are asked for as one expression.
 */
const fieldParams = (field: SearchField, terms: readonly SearchTerm[]): (readonly [string, string])[] => {
  const name = parameters[field];
  const asked = (mode: 'exact' | ApiMode, ...values: string[]) => [
    ...values.map((value) => [`search.${name}`, value] as const),
    [`mode.${name}`, mode] as const,
  ];
  const mode = apiModes[terms[0]?.mode ?? 'contains'];
  if (mode !== 'like') {
    const [first = '', ...more] = terms.flatMap(({ values }) => values).map((text) => text.normalize('NFC'));
    const group = mode === 'posix' ? '(?:' : '(';
    return asked(
      mode,
      more.length === 0 ? first : [first, ...more].map((one) => `${group}${one})`).join('|'),
    );
  }
  const wanted = terms.flatMap(wantedOf);
  if (terms.every((term) => term.mode === 'is') && wanted.every(isWhole))
    return asked('exact', ...new Set(wanted.map(({ text }) => text)));
  const [only = null, ...more] = new Set(wanted.map(likeOf));
  return only !== null && more.length === 0
    ? asked('like', only)
    : asked('posix', [...new Set(wanted.map(posixOf))].join('|'));
};

/** The parameters of the API, in a fixed order; repeated ones stay repeated. */
export const searchParams = (search: UserSearch): (readonly [string, string])[] => {
  const fields = searchFields.filter((field) => search.terms.some((term) => term.field === field));
  return [
    ...fields.flatMap((field) =>
      fieldParams(
        field,
        search.terms.filter((term) => term.field === field),
      ),
    ),
    ...(fields.length > 1 ? [['joint', search.joint === 'all' ? 'and' : 'or'] as const] : []),
    ...(isCaseSensitive(search) && fields.length > 0 ? [['isCaseSensitive', 'true'] as const] : []),
    ...(search.hideAdmins ? [['hideAdminUser', 'true'] as const] : []),
    ...(search.notInRole ? [['excludeRoleId', search.notInRole] as const] : []),
    ...(search.notInOrganization ? [['excludeOrganizationId', search.notInOrganization] as const] : []),
  ];
};

/** True when the server may fail to read an expression of it, and then answers 500 (FACTS users, search). */
export const hasExpression = ({ terms }: UserSearch): boolean =>
  terms.some(({ mode }) => mode === 'regex' || mode === 'similar');

/** Wildcards of a pattern that can be tried in every order before that takes too long. */
const mostWildcards = 3;

/** True of a text that is matched as a pattern and may take without end: each of its wildcards may end at any letter. */
export const isEndlessPattern = (text: string): boolean => text.split('%').length - 1 > mostWildcards;

/** True of a search that rows on this computer are held against within a time alone. */
export const mayBeEndless = (search: UserSearch): boolean =>
  hasExpression(search) || search.terms.some(({ values }) => values.some(isEndlessPattern));
