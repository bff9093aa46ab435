/** How a cell is read into a field. `any`: JSON where it is that, else text. */
export type ImportKind =
  | 'id'
  | 'text'
  | 'email'
  | 'username'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'date'
  | 'object'
  | 'any'
  | 'names'
  | 'password'
  | 'digest'
  | 'algorithm';

/** A field that a column of a file can fill. */
export type ImportField = {
  id: string;
  kind: ImportKind;
  /** Headings that mean it, besides its id, in any writing of capitals, spaces and signs; those of other products too. */
  headings?: readonly string[];
  /** Headings that mean it where no other column does. */
  else?: readonly string[];
};

/** Claims of a user's profile (OpenID Connect Core 5.1); the server drops any other. */
const claims = [
  { id: 'givenName', headings: ['first name', 'vorname', 'given'] },
  { id: 'familyName', headings: ['last name', 'surname', 'nachname', 'family'] },
  { id: 'middleName' },
  { id: 'nickname', headings: ['nick name'] },
  { id: 'preferredUsername' },
  { id: 'profile', headings: ['profile url'] },
  { id: 'website', headings: ['web site', 'homepage'] },
  { id: 'gender' },
  { id: 'birthdate', headings: ['birthday', 'date of birth', 'born'], kind: 'date' },
  { id: 'zoneinfo', headings: ['time zone'] },
  { id: 'locale', headings: ['language'] },
  { id: 'address.formatted', headings: ['address'] },
  { id: 'address.streetAddress', headings: ['street'] },
  { id: 'address.locality', headings: ['city', 'town'] },
  { id: 'address.region', headings: ['state', 'province'] },
  { id: 'address.postalCode', headings: ['postal code', 'zip', 'zip code'] },
  { id: 'address.country', headings: ['country'] },
] as const;

/** What a line of a file of users can say. */
export const userImportFields: readonly ImportField[] = [
  { id: 'id', kind: 'id', headings: ['user id', 'logto id'] },
  { id: 'username', kind: 'username', headings: ['user name', 'login', 'account'] },
  {
    id: 'primaryEmail',
    kind: 'email',
    headings: ['email', 'e-mail', 'mail', 'email address', 'e-mail address', 'primary email address'],
  },
  {
    id: 'primaryPhone',
    kind: 'phone',
    headings: ['phone', 'phone number', 'primary phone number', 'mobile', 'mobile phone', 'telephone', 'tel'],
  },
  { id: 'name', kind: 'text', headings: ['full name', 'display name'] },
  { id: 'avatar', kind: 'url', headings: ['picture', 'image url', 'photo', 'avatar url'] },
  { id: 'isSuspended', kind: 'boolean', headings: ['suspended', 'blocked', 'banned', 'disabled'] },
  { id: 'password', kind: 'password', headings: ['initial password'] },
  { id: 'passwordDigest', kind: 'digest', headings: ['password hash', 'digest', 'hash'] },
  {
    id: 'passwordAlgorithm',
    kind: 'algorithm',
    headings: ['password hasher', 'algorithm', 'hash algorithm', 'password encryption method'],
  },
  { id: 'roles', kind: 'names', headings: ['role', 'role names'] },
  { id: 'profile', kind: 'object' },
  ...claims.map(({ id, ...more }) => ({
    id: `profile.${id}`,
    kind: 'text' as const,
    ...more,
    headings: [
      ...(id === 'profile' ? [] : [id.split('.').at(-1) ?? '']),
      ...('headings' in more ? more.headings : []),
    ],
  })),
  { id: 'customData', kind: 'object', headings: ['custom data'] },
];

/** What a line of a file of organizations and their members can say: of the organization itself, and of one of its members. */
export const memberImportFields: readonly ImportField[] = [
  {
    id: 'organization',
    kind: 'text',
    headings: ['organization name', 'organization id', 'org', 'company'],
    else: ['id'],
  },
  {
    id: 'user',
    kind: 'text',
    headings: ['member', 'user id', 'email', 'e-mail', 'mail', 'username', 'phone'],
  },
  { id: 'roles', kind: 'names', headings: ['role', 'organization roles', 'role names'] },
  { id: 'name', kind: 'text', headings: ['new name'] },
  { id: 'description', kind: 'text', headings: ['organization description'] },
  { id: 'isMfaRequired', kind: 'boolean', headings: ['mfa required', 'requires mfa'] },
  { id: 'branding', kind: 'object' },
  { id: 'branding.logoUrl', kind: 'url', headings: ['logo', 'logo url'] },
  { id: 'branding.darkLogoUrl', kind: 'url', headings: ['dark logo', 'dark logo url'] },
  { id: 'branding.favicon', kind: 'url', headings: ['favicon'] },
  { id: 'branding.darkFavicon', kind: 'url', headings: ['dark favicon'] },
  { id: 'customData', kind: 'object', headings: ['custom data'] },
];

/** Fields of a line that are not the organization's own. */
const besides: readonly string[] = ['organization', 'user', 'roles'];
export const isOwnField = (id: string): boolean => !besides.includes(id);

/** Fields that a file of organizations and members cannot do without, of those that its columns fill. */
export const lackingOfMembers = (filled: readonly string[]): string[] => [
  ...(filled.includes('organization') || filled.includes('name') ? [] : ['organization']),
  ...(filled.includes('user') || filled.some(isOwnField) ? [] : ['user']),
];

/** A heading without what people write differently: capitals, spaces, signs. */
const bare = (heading: string) =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Parts of custom data, by a dot: their names are the operator's own. */
const customPart = /^custom[\s_-]?data\.(.+)$/i;

/** The field of an id, exactly; null where there is none. Parts of custom data can have any name. */
export const importFieldOf = (fields: readonly ImportField[], id: string): ImportField | null => {
  const known = fields.find((field) => field.id === id);
  if (known) return known;
  const hasCustom = fields.some((field) => field.id === 'customData');
  const [, part] = hasCustom ? (customPart.exec(id) ?? []) : [];
  return part === undefined ? null : { id: `customData.${part}`, kind: 'any' };
};

/** The field that a heading means by itself. */
const named = (fields: readonly ImportField[], heading: string): ImportField | null => {
  const own = importFieldOf(fields, heading);
  if (own) return own;
  const wanted = bare(heading);
  // What begins with `_` is a database's own.
  if (wanted === '' || heading.startsWith('_')) return null;
  return (
    fields.find(({ id }) => bare(id) === wanted) ??
    fields.find(({ headings = [] }) => headings.some((one) => bare(one) === wanted)) ??
    null
  );
};

/** The field that a heading means, among those of its file; null where nobody can tell. */
export const importFieldNamed = (
  fields: readonly ImportField[],
  heading: string,
  all: readonly string[] = [],
): ImportField | null => {
  const own = named(fields, heading);
  if (own) return own;
  const others = fields.filter((field) => field.else?.includes(bare(heading)));
  return others.find(({ id }) => all.every((other) => named(fields, other)?.id !== id)) ?? null;
};
