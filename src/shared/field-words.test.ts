import { expect, test } from 'vitest';
import { catalog } from './catalog/index.ts';
import { fieldInWords } from './field-words.ts';
import { columnTitle } from './phrases/catalog-words.ts';
import { createPhrases } from './phrases/index.ts';

test.each([
  ['cimdClientId', 'CIMD client ID'],
  ['isSuspended', 'Is suspended'],
  ['redirectUris', 'Redirect URIs'],
  ['customUiCsp', 'Custom UI CSP'],
  ['SSOIdentity', 'SSO identity'],
  ['created_at', 'Created at'],
  ['hasOwnProperty', 'Has own property'],
  ['plan2Price', 'Plan2 price'],
])('%s is "%s"', (name, words) => {
  expect(fieldInWords(name)).toBe(words);
});

test.each(['customData.planName', 'payload.params.clientId', '이름', 'a-b', '', '__proto__'])(
  'what is not the name of a field stays as it is: "%s"',
  (name) => {
    expect(fieldInWords(name)).toBe(name);
  },
);

test('no column of the catalogue is called by its id', () => {
  const { t } = createPhrases();
  const raw = catalog.flatMap(({ id, columns }) =>
    columns
      .map((column) => columnTitle(t, id, column.id))
      .filter((title) => /^[a-z]|[a-z][A-Z]\w*$|\w\.\w/.test(title.replace('IdP', ''))),
  );
  expect(raw).toEqual([]);
});
