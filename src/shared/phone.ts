/**
 * Phones are stored as digits with the country code, no `+` (FACTS): `821011834274`. People type them as they are
 * written: `+82 10-1183-4274`, `010-1183-4274`, `(010) 1183 4274`.
 */
export type TypedPhone = {
  /** What to look for: digits without what a country dials in front of a national number, or of an international one. */
  digits: string;
  /** `whole`: with the country code. `national`: without it, so that only the ending of a stored phone is known. */
  kind: 'whole' | 'national' | 'plain';
};

/** Fewer digits are part of anything. */
const fewestDigits = 4;
/** A text of nothing but so many digits and a 0 in front is a national number; a shorter one may be any part of a phone. */
const fewestOfNational = 7;
/** The longest phone there is (E.164). */
const most = 15;

/** Characters that people write between the digits of a phone, dashes of every kind among them. */
const between = /[\s()./\-\u00ad\u2010-\u2015\u2212\u30fc\u301c~]/g;

/**
 * The phone that a text is, in any national or international writing; null when it is none. `plain` is a text of nothing
 * but digits: what is stored, or a part of it. `fewest`: digits that it needs.
 */
export const typedPhone = (text: string, fewest = fewestDigits): TypedPhone | null => {
  const written = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  // A 0 in parentheses is only dialed inside of the country: +44 (0)20 7946 0958.
  const compact = written.replace(/^(\+|00)(.*?)\(0\)/, '$1$2').replace(between, '');
  const isPlain = written === compact;
  // Two zeros dial another country only in front of a whole number.
  const dialed = isPlain && compact.length < fewestOfNational + 2 ? /^(\+)?(\d+)$/ : /^(\+|00)?(\d+)$/;
  const [, plus = '', digits = ''] = dialed.exec(compact) ?? [];
  if (digits.length < fewest || digits.length > most + 1) return null;
  if (plus !== '') return { digits, kind: 'whole' };
  const ending = digits.replace(/^0+/, '');
  if (ending !== digits && ending !== '' && (!isPlain || digits.length >= fewestOfNational))
    return { digits: ending, kind: 'national' };
  return { digits, kind: isPlain ? 'plain' : 'national' };
};

/** True when a stored phone is the one that was typed: digits are compared, a national number with the ending. */
export const isPhone = (stored: string, { digits, kind }: TypedPhone): boolean => {
  const own = stored.replace(/\D/g, '');
  return kind === 'national' ? own.endsWith(digits) : own === digits;
};

/** True when what was typed is in a stored phone. */
export const isInPhone = (stored: string, { digits }: TypedPhone): boolean =>
  stored.replace(/\D/g, '').includes(digits);
