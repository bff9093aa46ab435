import { valueAt } from '../row.ts';
import { text, texts } from './operations/values.ts';

/** Rules of a tenant's password policy that can be held against a password here; each has words. */
export const passwordRules = [
  'tooShort',
  'tooLong',
  'unsupported',
  'characterTypes',
  'repetition',
  'sequence',
  'words',
  'userInfo',
] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** What Logto takes where the policy does not say. */
const usual = { min: 8, max: 256, types: 1 };

/** Kinds of characters, a space among the symbols; any other is refused, letters beyond ASCII too. */
const characterTypes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[ -/:-@[-`{-~]/];
const supported = /^[ -~]*$/;

/** Neighbors on a keyboard and in the alphabet, read either way, in one case. */
const rows = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const columns = ['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik', '9ol'];
const backwards = (line: string): string => [...line].reverse().join('');
const lines = [...rows, ...columns]
  .flatMap((line) => [line, backwards(line)])
  .flatMap((line) => [line, line.toUpperCase()]);

/** Fewer in a row are neither a repetition nor a sequence. */
const shortestRun = 3;
/** So many characters beside what is rejected make a password good all the same. */
const enoughBeside = 3;

/** How many characters from a place on are the same, or stand so on a line. */
const repeatedFrom = (password: string, at: number): number => {
  let end = at;
  while (end < password.length && password[end] === password[at]) end += 1;
  return end - at >= shortestRun ? end - at : 0;
};
const sequenceFrom = (password: string, at: number): number => {
  let end = at + 1;
  while (end < password.length && lines.some((line) => line.includes(password.slice(at, end + 1)))) end += 1;
  return end - at >= shortestRun ? end - at : 0;
};
const longestFrom = (folded: string, at: number, words: readonly string[]): number =>
  words.reduce((most, word) => (word.length > most && folded.startsWith(word, at) ? word.length : most), 0);

/** What of a user must not make up a password: name, its parts, username, what stands before the email's @, phone. */
export type PasswordOwner = Readonly<Record<'name' | 'username' | 'primaryEmail' | 'primaryPhone', unknown>>;
const wordsOf = ({ name, username, primaryEmail, primaryPhone }: Partial<PasswordOwner>): string[] => {
  const full = text(name);
  const [mailbox = ''] = text(primaryEmail).split('@');
  return [full, full.replace(/\s+/g, ''), ...full.split(' '), text(username), mailbox, text(primaryPhone)]
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
};

/** The rule by which too little of a password is its own: of what is rejected, what covers most of it. */
const coveringRule = (
  policy: unknown,
  password: string,
  owner: Partial<PasswordOwner>,
): PasswordRule | null => {
  const folded = password.toLowerCase();
  const isOn = (reject: string) => valueAt(policy, `rejects.${reject}`) !== false;
  const own = isOn('userInfo') ? wordsOf(owner) : [];
  const words = texts(valueAt(policy, 'rejects.words')).map((word) => word.toLowerCase());
  const finders: [PasswordRule, (at: number) => number][] = [
    ...(isOn('repetitionAndSequence')
      ? ([
          ['repetition', (at) => repeatedFrom(password, at)],
          ['sequence', (at) => sequenceFrom(password, at)],
        ] satisfies [PasswordRule, (at: number) => number][])
      : []),
    ['words', (at) => longestFrom(folded, at, words)],
    ['userInfo', (at) => longestFrom(folded, at, own)],
  ];
  const covered = new Set<number>();
  const by = new Map<PasswordRule, number>();
  for (const [rule, lengthAt] of finders)
    for (let at = 0; at < folded.length; at += 1) {
      const length = lengthAt(at);
      for (let place = at; place < at + length; place += 1) covered.add(place);
      if (length > 0) by.set(rule, (by.get(rule) ?? 0) + length);
    }
  if (covered.size <= Math.max(1, password.length - enoughBeside)) return null;
  return [...by].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
};

const numberAt = (policy: unknown, path: string, otherwise: number): number => {
  const value = valueAt(policy, path);
  return typeof value === 'number' ? value : otherwise;
};

/**
 * The rule of a tenant's password policy (`passwordPolicy` of its sign-in experience) that a password breaks, decided as
 * Logto does where users choose one themselves; null where it keeps all. The server does not apply it to what the Management
 * API sets (WRITES). Whether a password was leaked (`rejects.pwned`) is not decided here: that would tell others of it.
 */
export const brokenRule = (
  policy: unknown,
  password: string,
  owner: Partial<PasswordOwner> = {},
): PasswordRule | null => {
  // UTF-16 units, as the server counts them.
  if (password.length < numberAt(policy, 'length.min', usual.min)) return 'tooShort';
  if (password.length > numberAt(policy, 'length.max', usual.max)) return 'tooLong';
  if (!supported.test(password)) return 'unsupported';
  const types = characterTypes.filter((type) => type.test(password)).length;
  if (types < numberAt(policy, 'characterTypes.min', usual.types)) return 'characterTypes';
  return coveringRule(policy, password, owner);
};
