import { expect, test } from 'vitest';
import type { Guard, LineFault } from '../change/plan.ts';
import { because } from '../reasons.ts';
import { createPhrases } from './index.ts';
import { refusalInWords } from './refusal-words.ts';

const { t } = createPhrases('en');

const said = (guard: Guard, about: string, operation = 'users.update') =>
  refusalInWords(t, { guard, about, change: { operation } });

test('a refusal says what it is about, once', () => {
  expect(said('not-found', 'organization: Nowhere')).toBe('Not found. (organization: Nowhere)');
  expect(said('several-lines', '7')).toBe('Another line of the imported file is about the same: line 7.');
  expect(said('several-lines', '7 primaryEmail')).toBe(
    'Another line of the imported file has the same value in Email: line 7.',
  );
});

test('what is in use by rows of a list is told by its name', () => {
  expect(said('in-use', 'organization-users')).toBe('It is in use: members.');
  expect(said('in-use', 'Acme')).toBe('It is in use: Acme.');
});

test.each([
  ['primaryEmail', 'users.create', 'Email: Must be an email address'],
  ['profile.birthdate', 'users.update', 'Date of birth: Must be a date such as 1990-05-31'],
  ['isSuspended', 'users.suspend', 'Suspended: Not valid for this field'],
  [
    'username, primaryPhone',
    'users.create',
    'Username: Letters, digits, and underscores only; must not start with a digit · Phone: Must be a phone number with its country code',
  ],
  ['type', 'applications.create', 'Type: Must be one of: Native, SPA, Traditional, MachineToMachine'],
])('a value of %s that is not valid is refused with what a valid one is', (field, operation, words) =>
  expect(said('invalid-value', field, operation)).toBe(words),
);

test('what no field is called is told as it is', () =>
  expect(said('invalid-value', 'Telephone: not a phone number')).toBe(
    'Not valid: Telephone: not a phone number',
  ));

test('what is wrong with a line of a file is told column by column, in the words of the language', () => {
  const told = (guard: Guard, faults: LineFault[]) =>
    refusalInWords(t, { guard, about: '', faults, change: { operation: 'users.create' } });
  expect(
    told('invalid-value', [
      { heading: 'E-mail', why: because('cell.notValid') },
      { heading: 'Phone', why: because('cell.noCountry') },
    ]),
  ).toBe('Not valid: E-mail: not valid · Phone: a phone number without its country code');
  expect(
    told('unreadable-line', [{ heading: '', why: because('line.ragged', { count: 7, headings: 6 }) }]),
  ).toBe('This line cannot be read: 7 cells under 6 headings.');
});
