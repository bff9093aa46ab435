import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalog } from '../shared/catalog/index.ts';
import { columnTitle } from '../shared/phrases/catalog-words.ts';
import { createPhrases } from '../shared/phrases/index.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of the fields of every row that real servers answered with. */
const recordedFields = (): string[] => {
  const exchanges = ['1.30', '1.41', '1.42'].flatMap((era) => {
    const file = new URL(`../simulator/recordings/${era}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')) as { body?: unknown }[];
  });
  // Recorded arrays are cut to `{__array, first}`.
  const rowsIn = (body: unknown) =>
    isObject(body) && '__array' in body ? [body.first].flat() : [body].flat();
  const rows = exchanges.flatMap(({ body }) => rowsIn(body)).filter(isObject);
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
};

test('no field of any recorded row is called by a name in camel case, in whatever list', () => {
  const { t } = createPhrases();
  const fields = recordedFields();
  expect(fields).toContain('cimdClientId');
  const lists = catalog.map(({ id }) => id);
  const raw = lists.flatMap((list) =>
    fields
      .map((field) => columnTitle(t, list, field))
      .filter((title) => /[a-z][A-Z]|_|^[a-z]/.test(title.replace(/IdP|WebAuthn/, ''))),
  );
  expect([...new Set(raw)]).toEqual([]);
});
