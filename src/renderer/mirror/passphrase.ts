import { shortestPassphrase } from '../../shared/limits';

/** What is wrong with a passphrase that was entered twice, by the field that it is said at; null where nothing is. */
export const passphraseMistake = (
  passphrase: string,
  again: string,
): { field: 'passphrase'; kind: 'short' } | { field: 'again'; kind: 'differs' } | null => {
  if (passphrase.length < shortestPassphrase) return { field: 'passphrase', kind: 'short' };
  return passphrase === again ? null : { field: 'again', kind: 'differs' };
};
