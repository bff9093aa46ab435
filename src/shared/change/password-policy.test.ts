import { expect, test } from 'vitest';
import { createPhrases } from '../phrases/index.ts';
import { refusalInWords } from '../phrases/refusal-words.ts';
import { brokenRule, passwordRules } from './password-policy.ts';

const kim = {
  name: 'Kim Min Jun',
  username: 'kimmj',
  primaryEmail: 'm.jun@corp.test',
  primaryPhone: '821012345678',
};

test.each([
  // What the policy does not say is as Logto has it by default.
  [{}, 'short-1', 'tooShort'],
  [{}, 'Correct-Horse-9', null],
  [{}, `Correct-Horse-9${'xq'.repeat(130)}`, 'tooLong'],
  [{ length: { min: 20 } }, 'Correct-Horse-9', 'tooShort'],
  [{ length: { max: 12 } }, 'Correct-Horse-9', 'tooLong'],
  [{ length: { min: 1 } }, 'x9', null],
  // Letters beyond ASCII do not count as a kind of character; a space is a symbol.
  [{ characterTypes: { min: 2 } }, 'correct horse', null],
  [{}, 'Grüße-an-alle', 'unsupported'],
  [{ characterTypes: { min: 3 } }, 'correct-horse', 'characterTypes'],
  [{ characterTypes: { min: 3 } }, 'Correct-horse', null],
  [{ characterTypes: { min: 4 } }, 'Correct-h0rse', null],
] as const)('by %j, %s is %s', (policy, password, rule) => {
  expect(brokenRule(policy, password)).toBe(rule);
});

test.each([
  // Three beside what is rejected are enough.
  ['aaaaaaaa', 'repetition'],
  ['aaaaaaaaxq', 'repetition'],
  ['aaaaaaaaxqz', null],
  // In one case.
  ['AaAaAaAa', null],
  ['aBcDeFgH', null],
  ['QWERTYUI', 'sequence'],
  ['12345678', 'sequence'],
  ['87654321', 'sequence'],
  ['qwertyui', 'sequence'],
  ['1qaz2wsx', 'sequence'],
  ['abcdABCD', 'sequence'],
  // Two of a kind are not a run.
  ['aabbccdd', null],
  ['abxyqpmn', null],
  ['abc123xq', 'sequence'],
  ['abc12xqm', null],
])('runs: %s is %s', (password, rule) => {
  expect(brokenRule({}, password)).toBe(rule);
  expect(brokenRule({ rejects: { repetitionAndSequence: false } }, password)).toBeNull();
});

test.each([
  ['kimminjun', 'userInfo'],
  ['KIMMJkimmj', 'userInfo'],
  ['m.junm.jun1', 'userInfo'],
  ['821012345678', 'userInfo'],
  ['Minjun-Kim', 'userInfo'],
  ['kimmj-horse-9', null],
])('the user’s own: %s is %s', (password, rule) => {
  expect(brokenRule({ rejects: { repetitionAndSequence: false } }, password, kim)).toBe(rule);
  expect(
    brokenRule({ rejects: { repetitionAndSequence: false, userInfo: false } }, password, kim),
  ).toBeNull();
});

test('words of the tenant’s own are rejected in any case, and what is beside them counts', () => {
  const policy = { rejects: { words: ['Acme', 'acme corp'] } };
  expect(brokenRule(policy, 'aCmEaCmE1')).toBe('words');
  expect(brokenRule(policy, 'acme-horse')).toBeNull();
  // Together with others.
  expect(brokenRule(policy, 'acme1234', kim)).not.toBeNull();
});

test('whether a password was leaked is not decided here', () => {
  expect(brokenRule({ rejects: { pwned: true } }, 'P@ssw0rd-Leaked')).toBeNull();
});

test('every rule has words', () => {
  const { t } = createPhrases('en');
  for (const rule of passwordRules) {
    const said = refusalInWords(t, {
      guard: 'password-policy',
      about: rule,
      change: { operation: 'users.setPassword' },
    });
    expect(said).toMatch(/^The tenant’s password policy does not allow this password: it /);
  }
});
