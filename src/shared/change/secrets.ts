import { heldTo } from '../held.ts';
import { type SecretRef, secretRefSchema, type Values } from './change.ts';

/** The reference that stands in the place of a secret; null for any other value. */
export const secretRefOf = (value: unknown): SecretRef | null => heldTo(secretRefSchema, value);

/** What stands for a value that lists mask. */
export type HiddenRef = Extract<SecretRef, { secret: 'hidden' }>;

/** What a hidden value is shown as: what lists show of it, and the end of its fingerprint, which differs where it does. */
export const hiddenText = ({ shown, print }: HiddenRef): string => `${shown} #${print.slice(-6)}`;

/** A value with what is hidden in it as it is shown. */
export const withHiddenShown = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const ref = secretRefOf(value);
  if (ref) return ref.secret === 'hidden' ? hiddenText(ref) : value;
  if (Array.isArray(value)) return value.map(withHiddenShown);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withHiddenShown(inner)]));
};

/** Stands for what was there before, where the object could not be read. */
export const unread: SecretRef = { secret: 'unread' };

/** True of values of which some could not be read. */
export const isUnread = (values: Values): boolean =>
  Object.values(values).some((value) => secretRefOf(value)?.secret === 'unread');

/** A value of JSON with every reference in it replaced. Throws what `secretOf` throws. */
export const withSecrets = (value: unknown, secretOf: (ref: SecretRef) => unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const ref = secretRefOf(value);
  if (ref) return secretOf(ref);
  if (Array.isArray(value)) return value.map((inner) => withSecrets(inner, secretOf));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSecrets(inner, secretOf)]));
};

/** True where a value has a reference to a secret in it. */
export const hasSecret = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (secretRefOf(value) !== null || Object.values(value).some(hasSecret));

/**
 * A value without what poses as a reference where no secret belongs (`isSecret`, by dotted path): custom data is its owner's, and
 * may be of any form. In a list null takes its place.
 */
export const withoutPosing = (value: unknown, isSecret: (path: string) => boolean, path = ''): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (secretRefOf(value)) return isSecret(path) ? value : undefined;
  const within = (inner: unknown, key: string | number) =>
    withoutPosing(inner, isSecret, path === '' ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((inner, at) => within(inner, at) ?? null);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const kept = within(inner, key);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
};

/** Where references to secrets stand in a value, as dotted paths. */
export const secretPaths = (value: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (secretRefOf(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    secretPaths(inner, path === '' ? key : `${path}.${key}`),
  );
};
