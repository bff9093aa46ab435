/**
 * Advanced user search: what the API can ask of users (FACTS users, search), as a value. Several values of one field mean
 * any of them; `joint` joins the fields.
 */
export const searchFields = ['id', 'username', 'name', 'email', 'phone'] as const;
export type SearchField = (typeof searchFields)[number];

/** How a value is compared. The first five become `like`, where the user's own text is escaped but for `pattern`. */
export const searchModes = ['contains', 'starts', 'ends', 'is', 'pattern', 'similar', 'regex'] as const;
export type SearchMode = (typeof searchModes)[number];

export type SearchTerm = { field: SearchField; mode: SearchMode; values: readonly string[] };

export type UserSearch = {
  joint: 'all' | 'any';
  caseSensitive: boolean;
  hideAdmins: boolean;
  terms: readonly SearchTerm[];
  /** Users who have this role: the API lists those apart, with the same fields to search. */
  inRole?: string;
  /** Users who have not this role. */
  notInRole?: string;
  /** Users who are not in this organization. */
  notInOrganization?: string;
};

export const emptySearch: UserSearch = { joint: 'all', caseSensitive: false, hideAdmins: false, terms: [] };

const parameters: Readonly<Record<SearchField, string>> = {
  id: 'id',
  username: 'username',
  name: 'name',
  email: 'primaryEmail',
  phone: 'primaryPhone',
};

/** Text whose `%`, `_` and `\` mean themselves in a `like` pattern. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

const patterns: Readonly<Record<SearchMode, (text: string) => string>> = {
  contains: (text) => `%${literal(text)}%`,
  starts: (text) => `${literal(text)}%`,
  ends: (text) => `%${literal(text)}`,
  is: literal,
  pattern: (text) => text,
  similar: (text) => text,
  regex: (text) => text,
};

/** The pattern that the server is given for a value. */
export const searchPattern = (mode: SearchMode, value: string): string => patterns[mode](value);

/** The user's property that a field names. */
export const searchColumn = (field: SearchField): string => parameters[field];

const apiModes: Readonly<Record<SearchMode, 'like' | 'similar_to' | 'posix'>> = {
  contains: 'like',
  starts: 'like',
  ends: 'like',
  is: 'like',
  pattern: 'like',
  similar: 'similar_to',
  regex: 'posix',
};

/** The rules of the API that a search breaks, as one sentence; null when it can be sent. */
export const faultOf = ({
  terms,
  inRole,
  notInRole,
  notInOrganization,
  hideAdmins,
}: UserSearch): string | null => {
  if (inRole && (notInRole || notInOrganization || hideAdmins))
    return 'users of a role can be searched by their fields only: the API cannot leave others out of them';
  if (terms.some(({ values }) => values.length === 0 || values.some((value) => value === '')))
    return 'an empty value cannot be searched for';
  for (const field of searchFields) {
    const modes = new Set(terms.filter((term) => term.field === field).map(({ mode }) => apiModes[mode]));
    if (modes.size > 1)
      return `${field} can be compared in one manner at a time: plain text, similar to, or regex`;
  }
  return null;
};

/** True when the server compares case-sensitively: asked for, or because "similar to" demands it. */
export const isCaseSensitive = ({ caseSensitive, terms }: UserSearch): boolean =>
  caseSensitive || terms.some(({ mode }) => mode === 'similar');

/** The parameters of the API, in a fixed order; repeated ones stay repeated. */
export const searchParams = (search: UserSearch): (readonly [string, string])[] => {
  const fields = searchFields.filter((field) => search.terms.some((term) => term.field === field));
  const ofField = (field: SearchField) => {
    const terms = search.terms.filter((term) => term.field === field);
    const [first] = terms;
    const values = terms.flatMap(({ mode, values: texts }) => texts.map(patterns[mode]));
    return [
      ...values.map((value) => [`search.${parameters[field]}`, value] as const),
      [`mode.${parameters[field]}`, apiModes[first?.mode ?? 'contains']] as const,
    ];
  };
  return [
    ...fields.flatMap(ofField),
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
