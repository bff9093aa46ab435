import { expect, test } from 'vitest';
import { DeskError } from './errors.ts';
import { createPhrases, explain } from './phrases/index.ts';
import { reasonInWords } from './phrases/reason-words.ts';
import { because, reasonSchema } from './reasons.ts';

const phrases = createPhrases('en');

test('a reason is said by its phrase, with a reason within it, alternatives, and counts', () => {
  const said = (reason: Parameters<typeof reasonInWords>[1]) => reasonInWords(phrases.t, reason);
  const wrong = because('value.boolean', { value: 'perhaps' });
  expect(said(because('value.ofColumn', { column: 'Suspended', reason: wrong }))).toBe(
    'Suspended: "perhaps" is neither yes nor no',
  );
  expect(said(because('name.near', { list: 'roles', name: 'x', near: ['"a"', '"b"'] }))).toBe(
    'nothing in "roles" is named "x"; did you mean "a" or "b"?',
  );
  expect(said(because('line.ragged', { count: 1, headings: 2 }))).toBe('1 cell under 2 headings');
});

test('a reason lacks nothing that its phrase names', () => {
  // @ts-expect-error: the phrase names a value.
  because('value.number');
  // @ts-expect-error: it names another one.
  because('value.number', { text: 'x' });
  // @ts-expect-error: there is no such reason.
  because('value.nosuch');
  expect(because('regex.openGroup')).toEqual({ code: 'regex.openGroup' });
});

test('an error says its reason in small print, with the column of a search line, and logs the code alone', () => {
  const why = because('search.openQuote');
  const error = new DeskError('query.invalid', { where: 'search', column: 8, why });
  expect(explain(phrases, error).details).toEqual(['column 8: this quotation is not closed']);
  expect(error.message).toBe('query.invalid: search.openQuote');
});

test.each([
  [{ code: 'cell.phone' }, true],
  [{ code: 'line.ragged', values: { count: 3, headings: 2 } }, true],
  [{ code: 'cell.nosuch' }, false],
  [{ code: 'cell.constructor' }, false],
  [{ code: 'cell.phone', values: { of: { code: 'cell.phone' } } }, false],
])('a reason in a file is one that there is: %j', (reason, isOne) =>
  expect(reasonSchema.safeParse(reason).success).toBe(isOne),
);
