import { expect, test } from 'vitest';
import { logKeys } from './catalog/logs.ts';
import { eventInWords } from './event-words.ts';

test.each([
  ['Interaction.SignIn.Identifier.Password.Submit', 'Sign-in: password submitted'],
  ['Interaction.SignIn.Submit', 'Sign-in: submitted'],
  ['Interaction.Create', 'Interaction started'],
  ['ExchangeTokenBy.RefreshToken', 'Token request with a refresh token'],
  ['RevokeToken', 'Token revocation'],
  ['TriggerHook.User.Created', 'Webhook delivery for User.Created'],
  ['Some.New.Key', 'Some.New.Key'],
  ['__proto__', '__proto__'],
])('%s reads as "%s"', (key, said) => expect(eventInWords(key)).toBe(said));

test('every key that is suggested has words', () => {
  for (const key of logKeys) expect(eventInWords(key), key).not.toBe(key);
});
