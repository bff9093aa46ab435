import { searchParams } from '../../search/search.ts';
import { emptySearch, type SearchField } from '../../search/terms.ts';
import type { Concerned, EditField, Look } from './operation.ts';
import { lookThrough } from './request.ts';
import { text } from './values.ts';

/** Names longer than this in UTF-16 units are stored, and no answer can hold them any more (WRITES, dangerous 1). */
export const longestName = 128;

/** What a user signs in with (WRITES, users). */
export const identifierFields = [
  { id: 'username', kind: 'username', nullable: true, longest: 128 },
  { id: 'primaryEmail', kind: 'email', nullable: true, longest: 128 },
  { id: 'primaryPhone', kind: 'phone', nullable: true, longest: 128 },
] as const satisfies readonly EditField[];

const claim = (id: string, kind: EditField['kind'] = 'text') =>
  ({ id: `profile.${id}`, kind, nullable: true, longest: 2_048 }) satisfies EditField;

/** The standard claims that a profile has. */
export const profileFields: readonly EditField[] = [
  claim('givenName'),
  claim('middleName'),
  claim('familyName'),
  claim('nickname'),
  claim('preferredUsername'),
  claim('gender'),
  claim('birthdate', 'date'),
  claim('profile', 'url'),
  claim('website', 'url'),
  claim('zoneinfo'),
  claim('locale'),
  ...['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'].map((part) =>
    claim(`address.${part}`),
  ),
];

export const userFields: readonly EditField[] = [
  { id: 'name', kind: 'text', nullable: true, longest: longestName },
  ...identifierFields,
  { id: 'avatar', kind: 'url', nullable: true, longest: 2_048 },
  ...profileFields,
  { id: 'customData', kind: 'json', parts: true },
];

const searched: readonly (readonly [id: string, field: SearchField])[] = [
  ['username', 'username'],
  ['primaryEmail', 'email'],
  ['primaryPhone', 'phone'],
];

/** Users who have an identifier that a change gives; emails are unique whatever their case (WRITES). */
export const rivalsOf = ({ after }: Pick<Concerned, 'after'>): Look | null => {
  const terms = searched.flatMap(([id, field]) => {
    const value = text(after[id]);
    return value === '' ? [] : [{ field, mode: 'is' as const, values: [value] }];
  });
  return terms.length === 0
    ? null
    : lookThrough('/api/users', {}, { params: searchParams({ ...emptySearch, joint: 'any', terms }) });
};
