/** What a user is or is not in, and the list that has it: by its id, or by its name, which is looked up when it is asked. */
export const memberships = {
  inRole: 'roles',
  notInRole: 'roles',
  inOrganization: 'organizations',
  notInOrganization: 'organizations',
} as const;
export type Membership = keyof typeof memberships;

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
  /** Members of this organization: the API lists those apart, and searches none of their fields. */
  inOrganization?: string;
  /** Users who are not in this organization. */
  notInOrganization?: string;
};

export const emptySearch: UserSearch = { joint: 'all', caseSensitive: false, hideAdmins: false, terms: [] };
