import { expect, test } from 'vitest';
import { catalog } from '../catalog/index.ts';
import { createPhrases } from './index.ts';
import { wordOfValue } from './value-words.ts';

const { t } = createPhrases();

test('values of enumerations have words; one that is not known stands as it is', () => {
  expect(wordOfValue(t, 'application', 'MachineToMachine')).toBe('Machine-to-machine');
  expect(wordOfValue(t, 'connector', 'Sms')).toBe('SMS');
  expect(wordOfValue(t, 'factor', 'WebAuthn')).toBe('Passkey');
  expect(wordOfValue(t, 'interaction', 'ForgotPassword')).toBe('Password reset');
  for (const value of ['Robot', '', 'Native.x', 'toString', 3, null])
    expect(wordOfValue(t, 'application', value)).toBeNull();
  expect(wordOfValue(t, undefined, 'Native')).toBeNull();
});

test('every option that a list is filtered by has words, where its column has a vocabulary', () => {
  const options = catalog.flatMap(({ columns, filters }) =>
    filters.flatMap((filter) => {
      const column = columns.find((one) => filter.kind === 'choice' && one.id === filter.column);
      return filter.kind === 'choice' && column && 'words' in column
        ? filter.options.map((option) => wordOfValue(t, column.words, option))
        : [];
    }),
  );
  expect(options.length).toBeGreaterThan(7);
  expect(options).not.toContain(null);
});
