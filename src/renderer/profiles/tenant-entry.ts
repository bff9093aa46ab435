import { DeskError, type ErrorValue, errorValueOf } from '../../shared/errors';
import type { PastedTenant } from '../../shared/pasted-tenant';
import { addressesOf, ossResource, type Profile, type ProfileInput, profileOf } from '../../shared/profile';

/** What the form of a tenant holds. */
export type Values = {
  kind: 'cloud' | 'oss';
  name: string;
  tenantId: string;
  endpoint: string;
  resource: string;
  appId: string;
  secret: string;
  label: string;
  color: Profile['color'];
  access: Profile['access'];
  images: boolean;
};

/** The entries that are typed, in the form's order. */
export const typedFields = ['name', 'tenantId', 'endpoint', 'appId', 'secret', 'resource'] as const;
export type TypedField = (typeof typedFields)[number];

/** Colours in the order that new tenants get them: red is left to whoever chooses it. */
const colorsInTurn: readonly Profile['color'][] = [
  'blue',
  'teal',
  'violet',
  'orange',
  'green',
  'yellow',
  'gray',
];

/** A colour that no tenant has yet, so that two are not taken for each other; the usual one where all are taken. */
export const unusedColor = (profiles: readonly Pick<Profile, 'color'>[]): Profile['color'] =>
  colorsInTurn.find((color) => !profiles.some((profile) => profile.color === color)) ?? 'blue';

/** A tenant's entries; of a new one `color` is what it gets. */
export const valuesOf = (profile: Profile | null, color: Profile['color'] = 'blue'): Values => ({
  kind: profile?.kind === 'oss' ? 'oss' : 'cloud',
  name: profile?.name ?? '',
  tenantId: profile?.kind === 'cloud' ? new URL(profile.endpoint).hostname.replace('.logto.app', '') : '',
  endpoint: profile?.kind === 'oss' ? profile.endpoint : '',
  resource: profile?.kind === 'oss' ? profile.resource : ossResource,
  appId: profile?.appId ?? '',
  secret: '',
  label: profile?.label ?? '',
  color: profile?.color ?? color,
  access: profile?.access ?? 'read-only',
  images: profile?.images ?? false,
});

export const inputOf = ({
  kind,
  tenantId,
  endpoint,
  resource,
  secret: _,
  ...common
}: Values): ProfileInput =>
  kind === 'cloud' ? { kind, tenantId, ...common } : { kind, endpoint, resource, ...common };

/** What is wrong with the entry, or null. The rules are the core's own. */
export const faultOf = (values: Values): ErrorValue | null => {
  try {
    profileOf(inputOf(values), 'preview');
    return null;
  } catch (error) {
    return error instanceof DeskError ? errorValueOf(error) : null;
  }
};

/** The entry with stand-ins for what does not bear on its addresses. */
export const named = (values: Values): Values => ({
  ...values,
  name: values.name.trim() || 'preview',
  appId: values.appId.trim() || 'preview',
});

const placeField = (kind: Values['kind']) => (kind === 'cloud' ? 'tenantId' : 'endpoint');

/** What is wrong with what was typed so far; null while nothing says where the tenant is. */
export const typedFault = (values: Values): ErrorValue | null =>
  values[placeField(values.kind)].trim() === '' ? null : faultOf(named(values));

/** Whether the stored secret can stay: it serves the address and the app that it was entered for. */
export const keepsSecret = (profile: Profile, values: Values): boolean => {
  if (faultOf(values) !== null) return true;
  const entered = profileOf(inputOf(values), profile.id);
  return addressesOf(entered).token === addressesOf(profile).token && entered.appId === profile.appId;
};

/** The entries without which nothing can be tested or saved; `kept`: a stored secret stays. */
export const missingIn = (values: Values, kept: boolean): TypedField[] =>
  (['name', placeField(values.kind), 'appId', 'secret'] as const).filter(
    (field) => values[field].trim() === '' && !(field === 'secret' && kept),
  );

/** The entry that an error belongs to, or null where it belongs to none that is shown. */
export const fieldOf = ({ code, detail }: ErrorValue, kind: Values['kind']): TypedField | null => {
  switch (code) {
    case 'profile.invalid':
    case 'profile.custom_domain':
      return typedFields.find((field) => field === detail.where) ?? null;
    case 'profile.name_taken':
      return 'name';
    case 'network.dns':
    case 'network.refused':
      return placeField(kind);
    case 'token.unknown_app':
      return 'appId';
    case 'token.wrong_secret':
      return 'secret';
    case 'token.wrong_resource':
      return kind === 'oss' ? 'resource' : 'tenantId';
    default:
      return null;
  }
};

/** True where closing the form would lose something that was entered since it was opened (`before`). */
export const hasEntries = ({ kind: _, ...values }: Values, before: Values): boolean =>
  Object.entries(values).some(([field, value]) => value !== before[field as keyof Values]);

/** The entry with what a pasted text says of it, and which fields it filled. A name that stands there stays. */
export const filledWith = (
  values: Values,
  { name, ...said }: PastedTenant,
): { values: Values; filled: TypedField[] } => {
  const next = { ...values, ...said, name: values.name.trim() === '' && name ? name : values.name };
  const filled = typedFields.filter((field) =>
    field === 'name' ? next.name !== values.name : said[field] !== undefined,
  );
  return { values: next, filled };
};
