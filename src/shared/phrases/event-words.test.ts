import { expect, test } from 'vitest';
import { logKeys } from '../catalog/logs.ts';
import { eventInWords } from './event-words.ts';
import { createPhrases } from './index.ts';

const { t } = createPhrases('en');

test.each([
  ['Interaction.SignIn.Identifier.Password.Submit', 'Sign-in: password submitted'],
  ['Interaction.SignIn.Submit', 'Sign-in: submitted'],
  ['Interaction.Create', 'Interaction started'],
  ['ExchangeTokenBy.RefreshToken', 'Token request with a refresh token'],
  ['RevokeToken', 'Token revocation'],
  ['TriggerHook.User.Created', 'Webhook delivery for User.Created'],
  ['Some.New.Key', 'Some.New.Key'],
  ['__proto__', '__proto__'],
  ['Interaction.SignIn.constructor', 'Interaction.SignIn.constructor'],
])('%s reads as "%s"', (key, said) => expect(eventInWords(t, key)).toBe(said));

test('every key that is suggested has words', () => {
  for (const key of logKeys) expect(eventInWords(t, key), key).not.toBe(key);
});
