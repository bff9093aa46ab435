import { valueAt } from '../row.ts';
import { text, texts } from './operations/values.ts';

const numberAt = (policy: unknown, path: string, otherwise: number): number => {
  const value = valueAt(policy, path);
  return typeof value === 'number' ? value : otherwise;
};

const characterTypes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

const isSequence = (password: string): boolean => {
  const codes = [...password].map((one) => one.codePointAt(0) ?? 0);
  return [0, 1, -1].some((step) =>
    codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step),
  );
};

/**
 * The rule of a tenant's password policy (`passwordPolicy` of its sign-in experience) that a password breaks; null where it
 * keeps all. What it does not say is as Logto has it by default. The server does not apply it to what the Management API sets (WRITES). Whether a password was leaked is not
 * asked: that would tell others of it.
 */
export const brokenRule = (
  policy: unknown,
  password: string,
  about: readonly unknown[] = [],
): string | null => {
  const length = [...password].length;
  if (length < numberAt(policy, 'length.min', 8) || length > numberAt(policy, 'length.max', 256))
    return 'length';
  const types = characterTypes.filter((type) => type.test(password)).length;
  if (types < numberAt(policy, 'characterTypes.min', 1)) return 'characterTypes';
  const folded = password.toLowerCase();
  const hasOne = (words: readonly string[]) =>
    words.some((word) => word.length > 2 && folded.includes(word.toLowerCase()));
  if (hasOne(texts(valueAt(policy, 'rejects.words')))) return 'words';
  if (valueAt(policy, 'rejects.repetitionAndSequence') !== false && isSequence(password))
    return 'repetitionAndSequence';
  const own = about.flatMap((value) => text(value).split('@').slice(0, 1));
  if (valueAt(policy, 'rejects.userInfo') !== false && hasOne(own)) return 'userInfo';
  return null;
};
