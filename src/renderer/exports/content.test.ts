import { expect, test } from 'vitest';
import { createPhrases } from '../../shared/phrases';
import { contentInWords } from './content';

const { t } = createPhrases();
const all = { total: '20,000', matching: null, isPart: false, isFiltered: false };
const asked = {
  rows: all,
  columns: null,
  isNamed: false,
  joined: [],
  format: 'csv',
  zone: 'Asia/Tokyo',
} as const;
const said = (changes: Partial<Parameters<typeof contentInWords>[1]> = {}) =>
  contentInWords(t, { ...asked, ...changes });

test('one sentence says what the file of an export will contain', () => {
  expect(said()).toBe(
    'The file will contain all rows of this view (20,000 when last counted) with all fields, as CSV, with times in Asia/Tokyo and secrets masked.',
  );
  expect(said({ columns: 14, joined: ['roles', 'organizations'], format: 'xlsx' })).toContain(
    'all rows of this view (20,000 when last counted) with 14 columns and each user’s roles and organizations, as Excel, with times in Asia/Tokyo',
  );
  expect(said({ rows: { picked: 1 }, format: 'ndjson' })).toContain('the selected row with');
  expect(said({ rows: { ...all, isFiltered: true, matching: 12 } })).toContain(
    'all rows that match (12 when last counted)',
  );
  expect(said({ rows: { ...all, isFiltered: true } })).toContain(
    'the rows that match (of 20,000 when last counted) with all fields',
  );
  expect(said({ rows: { ...all, isPart: true } })).toContain('that the offline copy has');
  // A number that nobody said stands in no sentence.
  expect(said({ rows: { ...all, total: null } })).toContain('contain all rows of this view with');
  expect(said({ rows: { ...all, total: null, isFiltered: true } })).toContain(
    'contain the rows that match with',
  );
});

test('times of other formats are no times of the chosen zone', () => {
  expect(said({ format: 'json' })).toContain('with times as the API sends them');
  expect(said({ format: 'ndjson' })).toContain('with times as the API sends them');
  expect(said({ format: 'parquet' })).toContain('with times in UTC');
});
