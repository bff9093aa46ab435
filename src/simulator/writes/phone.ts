import { refuse } from './refusal.ts';

/** Country codes whose numbers are dialed with a zero at home, which is not part of the number abroad. */
const trunkZero = /^(49|44|82|81|33|32|31|43|41|46|47|61|64|27|55|86)0/;

/** A phone as it is stored: digits with the country code, without a trunk zero (WRITES, users). */
export const storedPhone = (digits: string): string => {
  const phone = digits.replace(trunkZero, '$1');
  if (!/^[1-9]\d{6,14}$/.test(phone)) refuse(422, 'user.invalid_phone', { data: { name: 'ParseError' } });
  return phone;
};
