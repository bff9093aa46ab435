import { type SecretRef, secretRefSchema } from './change.ts';

/** The reference that stands in the place of a secret; null for any other value. */
export const secretRefOf = (value: unknown): SecretRef | null =>
  secretRefSchema.safeParse(value).data ?? null;

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

/** Where references to secrets stand in a value, as dotted paths. */
export const secretPaths = (value: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (secretRefOf(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    secretPaths(inner, path === '' ? key : `${path}.${key}`),
  );
};
